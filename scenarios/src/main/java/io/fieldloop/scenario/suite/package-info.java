/** Finds scenario files and runs many cases: which, in which rig, how many at once, and what their results are. */
@NullMarked
package io.fieldloop.scenario.suite;

import org.jspecify.annotations.NullMarked;
