/** The rig in virtual time: one event loop, and in-process channels that can reset like TCP. */
@NullMarked
package io.fieldloop.scenario.rig.virtual;

import org.jspecify.annotations.NullMarked;
