/** TCP connections out of packets: who spoke with whom, the streams in order, and what the path did to them. */
@NullMarked
package io.fieldloop.scenario.diagnose.tcp;

import org.jspecify.annotations.NullMarked;
