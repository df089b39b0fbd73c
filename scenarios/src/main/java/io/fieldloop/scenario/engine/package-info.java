/** Runs one case in one rig: sets it up, does its steps, watches until nothing more can be learnt, clears it away. */
@NullMarked
package io.fieldloop.scenario.engine;

import org.jspecify.annotations.NullMarked;
