/** Packet captures of links that carry streams, as frames that packet analysers can read. */
@NullMarked
package io.fieldloop.scenario.rig.capture;

import org.jspecify.annotations.NullMarked;
