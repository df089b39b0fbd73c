package io.fieldloop.scenario.adversary;

import io.fieldloop.device.event.EventRecords;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;

/** One thing that happened to an adversary; its record is what a journal holds of it. */
public sealed interface AdversaryEvent {
    /** Kebab-case, such as {@code probe-ended}. */
    default String kind() {
        return EventRecords.kind(getClass());
    }

    /** What a journal says of it, in a fixed order. */
    default Map<String, Object> attributes() {
        return EventRecords.attributes((Record) this);
    }

    /** The first probe is about to leave; {@code to} is the listener, {@code rate} per second, {@code probes} what the plan holds. */
    record AttackBegan(String probe, String to, double rate, long probes, long sources) implements AdversaryEvent {}

    /** A probe has sent its last byte, or as many as the gateway let it; {@code bytes} is what it sent. */
    record ProbeSent(String probe, InetAddress source, long bytes) implements AdversaryEvent {}

    /** A probe's connection is gone; elapsed since it was established. */
    record ProbeEnded(String probe, InetAddress source, String answer, ClosedBy closedBy, Duration elapsed)
            implements AdversaryEvent {}

    /** A probe never got a connection; {@code reason} is of the closed list in {@link ConnectFailure}. */
    record ConnectFailed(String probe, InetAddress source, ConnectFailure reason, String text)
            implements AdversaryEvent {}

    /** The last probe of the attack has ended. */
    record AttackEnded(String probe, AttackSummary summary) implements AdversaryEvent {}
}
