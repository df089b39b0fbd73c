package io.fieldloop.scenario.model;

import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.model.value.CountBound;
import io.fieldloop.scenario.model.value.DurationLimit;
import io.fieldloop.scenario.model.value.DurationRange;
import io.fieldloop.scenario.model.value.ShareLimit;
import io.fieldloop.scenario.model.value.Window;
import io.fieldloop.scenario.shape.Names;
import io.fieldloop.scenario.shape.annotation.Bounds;
import io.fieldloop.scenario.shape.annotation.ByKey;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.DependsOn;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.Inline;
import io.fieldloop.scenario.shape.annotation.Known;
import io.fieldloop.scenario.shape.annotation.NotEmpty;
import io.fieldloop.scenario.shape.annotation.OneOf;
import io.fieldloop.scenario.shape.annotation.Refers;
import io.fieldloop.scenario.shape.annotation.Without;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import io.fieldloop.scenario.shape.yaml.SourceText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What must have happened for the scenario to pass; told apart by its first key. */
@ByKey
public sealed interface Expectation permits Expectation.Observation, Expectation.Never, Expectation.Measured {
    /** The expectation as written, on one line. */
    SourceText text();

    /** Where it stands. */
    SourcePosition position();

    /** Something that is seen or not seen, and so can be wanted never to happen. */
    @ByKey
    sealed interface Observation extends Expectation permits Device, Event {
        Window window();
    }

    @Doc("Each of the devices is, or does, this")
    @OneOf({"is", "log"})
    record Device(
            @Doc("Which devices") @Refers("device") Names device,
            @Doc("What it is or does") @Nullable DeviceStatus is,

            @Doc("Why it was refused or went offline") @Nullable @Known("failure-reason")
            String reason,

            @Doc("The code the device logs, for example `-0x2700`") @Nullable
            String code,

            @Doc("TLS alert the device sent") @Nullable @Bounds(min = 0, max = 255)
            Integer alertSent,

            @Doc("TLS alert the device received") @Nullable @Bounds(min = 0, max = 255)
            Integer alertReceived,

            @Doc("Time from the start of the attempt to its outcome") @Nullable
            DurationRange elapsed,

            @Doc("The phase of the attempt that failed") @Nullable @Known("phase")
            String phase,

            @Doc("Text that one of its log lines contains") @Nullable @NotEmpty
            String log,

            @Inline Window window,
            SourceText text,
            SourcePosition position)
            implements Observation {
        public Device {
            boolean failed = is == DeviceStatus.REFUSED || is == DeviceStatus.OFFLINE;
            boolean saysWhy = reason != null || code != null;
            if (saysWhy && !failed) {
                throw new IllegalArgumentException(
                        "has a reason or code, which only `is: refused` and `is: offline` have");
            }
            boolean saysHow = alertSent != null || alertReceived != null || phase != null;
            if (saysHow && is != DeviceStatus.REFUSED) {
                throw new IllegalArgumentException("has an alert or phase, which only `is: refused` has");
            }
            if (elapsed != null && (is == null || is == DeviceStatus.OFFLINE)) {
                throw new IllegalArgumentException("has an elapsed time, which only an attempt or a turn has");
            }
        }
    }

    @Doc("The journal holds entries of this kind")
    record Event(
            @Doc("Kind of entry, for example `handshake-refused`") @Known("event")
            String event,

            @Doc("Whose entry; default: anybody's") @Nullable
            Lane of,

            @Doc("Only entries of this device or adversary") @Refers("device or adversary") @Nullable
            Names actor,

            @Doc("Attributes the entry must have, spelt as in the journal file; `null`: must not have")
            @Default("{}")
            @DependsOn({"event", "of"})
            Map<String, @Nullable String> where,

            @Doc("How many: `20`, `\">= 5\"`, `3..5`") @Default("\">= 1\"")
            CountBound count,

            @Inline Window window,
            SourceText text,
            SourcePosition position)
            implements Observation {
        public Event {
            where = Collections.unmodifiableMap(new LinkedHashMap<>(where));
        }
    }

    @Doc("This must not happen")
    record Never(
            @Doc("An expectation of the form `device` or `event`") @Without("count")
            Observation never,

            SourceText text,
            SourcePosition position)
            implements Expectation {}

    @Doc("What is measured keeps within limits")
    @OneOf({"p50", "p90", "p95", "p99", "max", "min", "mean", "failed"})
    record Measured(
            @Doc("What is measured") Quantity measure,

            @Doc("Whose values") @Default("all") @Refers("device")
            Names of,

            @Doc("Half of the values are not above this") @Nullable
            DurationLimit p50,

            @Doc("90 of 100 values are not above this") @Nullable
            DurationLimit p90,

            @Doc("95 of 100 values are not above this") @Nullable
            DurationLimit p95,

            @Doc("99 of 100 values are not above this") @Nullable
            DurationLimit p99,

            @Doc("The largest value") @Nullable DurationLimit max,
            @Doc("The smallest value") @Nullable DurationLimit min,
            @Doc("The arithmetic mean") @Nullable DurationLimit mean,

            @Doc("The share of attempts, turns or pings that gave no value, such as `\"< 1%\"`") @Nullable
            ShareLimit failed,

            @Doc("How many values there must be, where a limit is on values") @Default("\">= 1\"")
            CountBound samples,

            @Inline Window window,
            SourceText text,
            SourcePosition position)
            implements Expectation {}
}
