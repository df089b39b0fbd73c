/** The names by which devices find a gateway, and where each leads. */
@NullMarked
package io.fieldloop.scenario.rig.name;

import org.jspecify.annotations.NullMarked;
