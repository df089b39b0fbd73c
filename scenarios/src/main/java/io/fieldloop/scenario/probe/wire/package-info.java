/** Connections to an examined server: what is offered, sent and read, within a pace and a limit. */
@NullMarked
package io.fieldloop.scenario.probe.wire;

import org.jspecify.annotations.NullMarked;
