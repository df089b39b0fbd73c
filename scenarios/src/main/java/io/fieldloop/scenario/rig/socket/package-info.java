/** Rigs whose devices and gateway meet on this machine's real sockets, behind a link proxy for each device. */
@NullMarked
package io.fieldloop.scenario.rig.socket;

import org.jspecify.annotations.NullMarked;
