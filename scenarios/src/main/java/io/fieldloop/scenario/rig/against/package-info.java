/** Scenarios against a gateway that is not ours: which of them make sense there, and the rigs for those that do. */
@NullMarked
package io.fieldloop.scenario.rig.against;

import org.jspecify.annotations.NullMarked;
