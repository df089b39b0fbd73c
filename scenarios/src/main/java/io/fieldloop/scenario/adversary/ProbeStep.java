package io.fieldloop.scenario.adversary;

import java.time.Duration;

/** One thing a probe does on its connection. */
public sealed interface ProbeStep {
    /** Writes the bytes at once, so that they leave in one segment where they fit. */
    record Send(ProbeBytes bytes) implements ProbeStep {}

    /** Writes the bytes one by one. */
    record Drip(ProbeBytes bytes, Duration every) implements ProbeStep {}

    /** Does nothing for a while. */
    record Pause(Duration time) implements ProbeStep {}

    /** Waits for the gateway to close, and gives up after {@code within}. */
    record ExpectsClose(Duration within) implements ProbeStep {}

    /** Closes in order (FIN). */
    record Close() implements ProbeStep {}

    /** Aborts (RST) where the transport can; closes where it cannot. */
    record Reset() implements ProbeStep {}
}
