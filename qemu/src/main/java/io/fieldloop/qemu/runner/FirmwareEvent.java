package io.fieldloop.qemu.runner;

import io.fieldloop.device.event.EventRecords;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that happened to the firmware as a whole: it started, crashed, was reset, fell silent, ended. */
public sealed interface FirmwareEvent {

    /** The kind in a journal, such as {@code boot-loop}. */
    default String kind() {
        return EventRecords.kind(getClass());
    }

    /** What a journal says of it, in a fixed order. */
    default Map<String, Object> attributes() {
        return EventRecords.attributes((Record) this);
    }

    /** The first output since power on. */
    record Booted(Duration after) implements FirmwareEvent {}

    /**
     * The chip started anew, for the cause its ROM or the firmware names.
     *
     * @param cause the ROM's word, as in {@code rst:0x3 (SW_RESET)}, or the firmware's
     * @param code the ROM's number
     */
    record Reset(String cause, @Nullable Integer code) implements FirmwareEvent {}

    /** The chip started anew because a watchdog was not fed: {@code rst:0x7 (TG0WDT_SYS_RESET)}. */
    record WatchdogReset(String cause, @Nullable Integer code) implements FirmwareEvent {}

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
    }

    /**
     * The copy of the image that the device boots has a partition for files that the image's own table lacks.
     *
     * @param partition its label
     * @param at its first byte in the flash
     */
    record PartitionAdded(String partition, String at, int bytes) implements FirmwareEvent {}

    /** The board has a flash chip and this loader, which would boot from it, is not there: the firmware is put into memory, and no update boots. */
    record LoaderMissing(String loader) implements FirmwareEvent {}

    /**
     * The harness took the power away at a write into flash.
     *
     * @param write which program or erase of the partition, from 1
     * @param moment {@code before}, {@code torn} or {@code after}
     * @param at the first byte of the flash that it changes
     * @param bytes how many there are up to the last
     */
    record PowerLost(String partition, int write, String moment, String at, int bytes) implements FirmwareEvent {}

    /** The supply voltage fell too low. */
    record Brownout() implements FirmwareEvent {}

    /** ESP-IDF's panic handler caught a CPU exception; the cause is its word, for instance {@code LoadProhibited}. */
    record GuruMeditation(String cause, int core) implements FirmwareEvent {}

    /** The firmware gave up by itself: {@code abort()}, a failed assertion, a stack overflow, another panic handler. */
    record Panic(Reason reason, String message) implements FirmwareEvent {
        /** How it gave up. */
        public enum Reason {
            ABORT,
            ASSERT,
            STACK_OVERFLOW,
            STACK_SMASHING
        }
    }

    /**
     * So many resets in so short a time that the firmware is not going to come up.
     *
     * @param cause why, where the bootloader said so
     */
    record BootLoop(int resets, Duration within, @Nullable String cause) implements FirmwareEvent {}

    /** The console was full, as nobody had read it for a while: Espressif's QEMU throws away what finds no room, so lines may be missing. */
    record ConsoleFull() implements FirmwareEvent {}

    /** No output at all since power on. */
    record Silent(Duration since) implements FirmwareEvent {}

    /** QEMU ended; always the last event. */
    record Exited(EmulationEnd end) implements FirmwareEvent {}
}
