/** Examines one server that is not ours: what it accepts, what it answers, and how each kind of device gets on with it. */
@NullMarked
package io.fieldloop.scenario.probe;

import org.jspecify.annotations.NullMarked;
