/** Scenarios made of a capture: what server, link and devices have to be so that the same happens again. */
@NullMarked
package io.fieldloop.scenario.diagnose.sketch;

import org.jspecify.annotations.NullMarked;
