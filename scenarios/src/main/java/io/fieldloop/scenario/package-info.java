/** Scenario files, the engine that runs them, and the evidence a run leaves behind. */
@NullMarked
package io.fieldloop.scenario;

import org.jspecify.annotations.NullMarked;
