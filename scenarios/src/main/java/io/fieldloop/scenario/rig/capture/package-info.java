/** Packet captures of links that carry streams: frames made of what passed, for the eyes of those who read frames. */
@NullMarked
package io.fieldloop.scenario.rig.capture;

import org.jspecify.annotations.NullMarked;
