package io.fieldloop.server.event;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How audio came through in one direction, from sequence numbers and times alone.
 *
 * @param received packets taken
 * @param lost sequence numbers between the first and the last that never came
 * @param late came after a later one was taken
 * @param duplicates came again
 * @param reordered came in another order than sent, taken or not
 * @param refused not taken for any other reason
 * @param gaps times without a packet of more than 200 ms in the middle of speech
 * @param concealmentRuns stretches of packets, of one or more, that a decoder had to make up
 * @param jitter interarrival jitter as RFC 3550, 6.4.1 smooths it
 * @param mos mean opinion score the E-model expects (ITU-T G.107), 1 to 4.5; absent where nothing was received
 * @param rebinds how often the device's address changed
 * @param sent packets the other way
 */
public record VoiceQuality(
        long received,
        long lost,
        long late,
        long duplicates,
        long reordered,
        long refused,
        long gaps,
        long concealmentRuns,
        Duration jitter,
        @Nullable Double mos,
        long rebinds,
        long sent) {}
