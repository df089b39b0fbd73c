/** One attempt to open the audio channel, its time limits, and its failure in the words of the firmware. */
@NullMarked
package io.fieldloop.device.attempt;

import org.jspecify.annotations.NullMarked;
