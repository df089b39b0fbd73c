package io.fieldloop.scenario.journal;

import io.fieldloop.device.event.EventRecords;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the engine itself does: steps begun and ended, and what it counted. */
public sealed interface ScenarioEvent {
    /** The kind in a journal, such as {@code step-began}. */
    default String kind() {
        return EventRecords.kind(getClass());
    }

    /** What a journal says of it, in a fixed order. */
    default Map<String, Object> attributes() {
        return EventRecords.attributes((Record) this);
    }

    /**
     * A step began.
     *
     * @param step as its file says it, on one line
     * @param due when it should have begun, of one that is late; null for none
     */
    record StepBegan(
            String verb,
            @Nullable String label,
            String step,
            @Nullable Duration due) implements ScenarioEvent {}

    /** A step is done. */
    record StepEnded(String verb, @Nullable String label, String step) implements ScenarioEvent {}

    /**
     * A step was to cut servers' speech short, and to these devices no server spoke.
     *
     * @param devices their names, with commas between
     */
    record InterruptedNobody(String step, String devices) implements ScenarioEvent {}

    /**
     * How a generator of a load kept time.
     *
     * @param generator which of how many, such as {@code 2/3}
     * @param devices how many of the scenario's are its own
     * @param beganLate how long after the common instant its first step began
     * @param timersLate how late its own timers were at worst
     */
    record GeneratorMeasured(String generator, long devices, Duration beganLate, Duration timersLate)
            implements ScenarioEvent {}

    /** What was open at the gateway; all zero where none ran. */
    record SessionCount(long connections, long sessions) implements ScenarioEvent {}
}
