package io.fieldloop.qemu.runner;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to the firmware as a whole: it started, crashed, was reset, fell silent, ended.
 *
 * <p>{@link #kind()} and {@link #attributes()} are the journal's view: kebab-case names, values of type String, Long, Double, Boolean or
 * Duration, in a fixed order, absent when unknown.
 */
public sealed interface FirmwareEvent {

    /** The event's kebab-case kind, one per record below. */
    String kind();

    Map<String, Object> attributes();

    /** The first output since power on. */
    record Booted(Duration after) implements FirmwareEvent {
        @Override
        public String kind() {
            return "booted";
        }

        @Override
        public Map<String, Object> attributes() {
            return of("after", after);
        }
    }

    /** The chip started anew, and its ROM says why: {@code rst:0x3 (SW_RESET)}. */
    record Reset(int code, String cause) implements FirmwareEvent {
        @Override
        public String kind() {
            return "reset";
        }

        @Override
        public Map<String, Object> attributes() {
            return of("cause", cause, "code", (long) code);
        }
    }

    /** The chip started anew because a hardware watchdog was not fed: {@code rst:0x7 (TG0WDT_SYS_RESET)}. */
    record WatchdogReset(int code, String watchdog) implements FirmwareEvent {
        @Override
        public String kind() {
            return "watchdog-reset";
        }

        @Override
        public Map<String, Object> attributes() {
            return of("watchdog", watchdog, "code", (long) code);
        }
    }

    /** ESP-IDF's task watchdog spoke up; by itself that resets nothing. */
    record TaskWatchdog(@Nullable String task) implements FirmwareEvent {
        @Override
        public String kind() {
            return "task-watchdog";
        }

        @Override
        public Map<String, Object> attributes() {
            return of("task", task);
        }
    }

    /** The supply voltage fell too low. */
    record Brownout() implements FirmwareEvent {
        @Override
        public String kind() {
            return "brownout";
        }

        @Override
        public Map<String, Object> attributes() {
            return Map.of();
        }
    }

    /** ESP-IDF's panic handler caught a CPU exception; the cause is its word, for instance {@code LoadProhibited}. */
    record GuruMeditation(int core, String cause) implements FirmwareEvent {
        @Override
        public String kind() {
            return "guru-meditation";
        }

        @Override
        public Map<String, Object> attributes() {
            return of("cause", cause, "core", (long) core);
        }
    }

    /** The firmware gave up by itself: {@code abort()}, a failed assertion, a stack overflow, another panic handler. */
    record Panic(String reason, String message) implements FirmwareEvent {
        @Override
        public String kind() {
            return "panic";
        }

        @Override
        public Map<String, Object> attributes() {
            return of("reason", reason, "message", message);
        }
    }

    /** So many resets in so short a time that the firmware is not going to come up. */
    record BootLoop(int resets, Duration within) implements FirmwareEvent {
        @Override
        public String kind() {
            return "boot-loop";
        }

        @Override
        public Map<String, Object> attributes() {
            return of("resets", (long) resets, "within", within);
        }
    }

    /** No output at all since power on. */
    record Silent(Duration since) implements FirmwareEvent {
        @Override
        public String kind() {
            return "silent";
        }

        @Override
        public Map<String, Object> attributes() {
            return of("since", since);
        }
    }

    /** QEMU ended; always the last event. */
    record Exited(EmulationEnd end) implements FirmwareEvent {
        @Override
        public String kind() {
            return "exited";
        }

        @Override
        public Map<String, Object> attributes() {
            Integer status = end.exitStatus();
            return of("message", end.sentence(), "exit-status", status == null ? null : status.longValue());
        }
    }

    private static Map<String, Object> of(String name, @Nullable Object value) {
        return of(name, value, "", null);
    }

    private static Map<String, Object> of(
            String name, @Nullable Object value, String secondName, @Nullable Object secondValue) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (value != null) {
            attributes.put(name, value);
        }
        if (secondValue != null) {
            attributes.put(secondName, secondValue);
        }
        return Collections.unmodifiableMap(attributes);
    }
}
