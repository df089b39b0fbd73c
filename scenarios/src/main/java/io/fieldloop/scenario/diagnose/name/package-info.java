/** Questions to name servers in a capture, and their answers. */
@NullMarked
package io.fieldloop.scenario.diagnose.name;

import org.jspecify.annotations.NullMarked;
