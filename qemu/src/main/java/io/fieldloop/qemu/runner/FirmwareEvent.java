package io.fieldloop.qemu.runner;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
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
            return Map.of("after", after);
        }
    }

    /**
     * The chip started anew, for the cause its ROM or the firmware names.
     *
     * @param cause the ROM's word, as in {@code rst:0x3 (SW_RESET)}, or the firmware's
     * @param code the ROM's number
     */
    record Reset(String cause, @Nullable Integer code) implements FirmwareEvent {
        @Override
        public String kind() {
            return "reset";
        }

        @Override
        public Map<String, Object> attributes() {
            return of("cause", cause, "code", code);
        }
    }

    /** The chip started anew because a watchdog was not fed: {@code rst:0x7 (TG0WDT_SYS_RESET)}. */
    record WatchdogReset(String cause, @Nullable Integer code) implements FirmwareEvent {
        @Override
        public String kind() {
            return "watchdog-reset";
        }

        @Override
        public Map<String, Object> attributes() {
            return of("cause", cause, "code", code);
        }
    }

    /**
     * ESP-IDF's task watchdog or interrupt watchdog spoke up; whether a reset follows is the firmware's setting.
     *
     * @param task who did not feed it, where the log says so
     */
    record WatchdogTriggered(Watchdog watchdog, @Nullable String task) implements FirmwareEvent {
        /** Which of ESP-IDF's two software watchdogs. */
        public enum Watchdog {
            TASK,
            INTERRUPT
        }

        @Override
        public String kind() {
            return "watchdog-triggered";
        }

        @Override
        public Map<String, Object> attributes() {
            return of("watchdog", watchdog.name().toLowerCase(Locale.ROOT), "task", task);
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
            return of("cause", cause, "core", core);
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
            return of("resets", resets, "within", within);
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
            return Map.of("since", since);
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
            return of("message", end.sentence(), "exit-status", end.exitStatus());
        }
    }

    private static Map<String, Object> of(
            String name, @Nullable Object value, String secondName, @Nullable Object secondValue) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        put(attributes, name, value);
        put(attributes, secondName, secondValue);
        return Collections.unmodifiableMap(attributes);
    }

    private static void put(Map<String, Object> attributes, String name, @Nullable Object value) {
        if (value != null) {
            attributes.put(name, value instanceof Integer number ? (Object) number.longValue() : value);
        }
    }
}
