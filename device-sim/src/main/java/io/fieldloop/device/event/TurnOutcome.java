package io.fieldloop.device.event;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How one turn of a conversation ended; every spoken request has exactly one. */
public sealed interface TurnOutcome {

    /** Time from the start of listening to this outcome. */
    Duration elapsed();

    /**
     * The server's reply was played to its end.
     *
     * @param firstAudio from the end of the user's speech to the first Opus packet of the reply; null when the reply had no audio
     */
    record Completed(Duration elapsed, @Nullable Duration firstAudio) implements TurnOutcome {}

    /**
     * The server answered into the user's speech: the microphone went off, and what the user went on to say was lost.
     *
     * @param speechCut how much of the speech was not sent; the reply was played to its end all the same
     */
    record Interrupted(Duration elapsed, Duration speechCut) implements TurnOutcome {}

    /** There was no complete reply. */
    record Failed(FailureReason reason, Duration elapsed) implements TurnOutcome {}
}
