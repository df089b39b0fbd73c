package io.fieldloop.qemu.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.fieldloop.qemu.runner.FirmwareEvent.BootLoop;
import io.fieldloop.qemu.runner.FirmwareEvent.Brownout;
import io.fieldloop.qemu.runner.FirmwareEvent.GuruMeditation;
import io.fieldloop.qemu.runner.FirmwareEvent.Panic;
import io.fieldloop.qemu.runner.FirmwareEvent.Reset;
import io.fieldloop.qemu.runner.FirmwareEvent.WatchdogReset;
import io.fieldloop.qemu.runner.FirmwareEvent.WatchdogTriggered;
import io.fieldloop.qemu.runner.FirmwareEvent.WatchdogTriggered.Watchdog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FirmwareWatchTest {
    private final List<FirmwareEvent> events = new ArrayList<>();
    private final FirmwareWatch watch = new FirmwareWatch(EmulationLimits.usual(), events::add);

    @Test
    void takesTheFirstStartForNoReset() {
        hear(
                "ets Jul 29 2019 12:21:46",
                "rst:0x1 (POWERON_RESET),boot:0x12 (SPI_FAST_FLASH_BOOT)",
                "I (31) boot: ESP-IDF");
        assertThat(events).isEmpty();
    }

    @Test
    void tellsResetsOfEveryChip() {
        hear("rst:0x1 (POWERON),boot:0xc (SPI_FAST_FLASH_BOOT)");
        hear("rst:0x3 (SW_RESET),boot:0x12 (SPI_FAST_FLASH_BOOT)");
        hear("rst:0x7 (TG0WDT_SYS_RESET),boot:0x12 (SPI_FAST_FLASH_BOOT)");
        hear("rst:0x8 (TG1_WDT_SYS_RST),boot:0x8 (SPI_FAST_FLASH_BOOT)");
        hear("rst:0x10 (RTCWDT_RTC_RESET),boot:0x33 (SPI_FAST_FLASH_BOOT)");
        assertThat(events.subList(0, 3))
                .containsExactly(
                        new Reset("SW_RESET", 3),
                        new WatchdogReset("TG0WDT_SYS_RESET", 7),
                        new WatchdogReset("TG1_WDT_SYS_RST", 8));
        assertThat(events).contains(new WatchdogReset("RTCWDT_RTC_RESET", 16));
    }

    @Test
    void countsAStartToldByRomAndFirmwareOnce() {
        hear("rst:0x1 (POWERON_RESET),boot:0x12", "I (5) fieldloop: boot count=1 reset=power-on board=esp32 version=1");
        hear("rst:0xc (SW_CPU_RESET),boot:0x12", "I (5) fieldloop: boot count=2 reset=panic board=esp32 version=1");
        assertThat(events).containsExactly(new Reset("SW_CPU_RESET", 12));
    }

    @Test
    void believesTheFirmwareWhereThereIsNoRom() {
        hear("I (0) fieldloop: boot count=? reset=power-on board=lx60 version=1");
        hear("I (0) fieldloop: boot count=? reset=software board=lx60 version=1");
        hear("I (0) fieldloop: boot count=? reset=task-watchdog board=lx60 version=1");
        assertThat(events).containsExactly(new Reset("software", null), new WatchdogReset("task-watchdog", null));
        assertThat(events.get(1).attributes()).containsExactly(entry("cause", "task-watchdog"));
    }

    @Test
    void tellsPanics() {
        hear("Guru Meditation Error: Core  1 panic'ed (StoreProhibited). Exception was unhandled.");
        hear("abort() was called at PC 0x400d1f2b on core 0");
        hear("assert failed: xQueueSemaphoreTake queue.c:1545 (( pxQueue ))");
        hear("***ERROR*** A stack overflow in task main has been detected.");
        assertThat(events)
                .containsExactly(
                        new GuruMeditation("StoreProhibited", 1),
                        new Panic(Panic.Reason.ABORT, "abort() was called at PC 0x400d1f2b on core 0"),
                        new Panic(Panic.Reason.ASSERT, "assert failed: xQueueSemaphoreTake queue.c:1545 (( pxQueue ))"),
                        new Panic(
                                Panic.Reason.STACK_OVERFLOW,
                                "***ERROR*** A stack overflow in task main has been detected."));
        assertThat(events.get(0).attributes()).containsEntry("core", 1L).containsEntry("cause", "StoreProhibited");
    }

    @Test
    void tellsSoftwareWatchdogs() {
        hear(
                "E (10303) task_wdt: Task watchdog got triggered. The following tasks/users did not reset the watchdog in time:");
        hear("E (10303) task_wdt:  - IDLE0 (CPU 0)");
        hear("E (10303) task_wdt: Tasks currently running:");
        hear("Guru Meditation Error: Core  0 panic'ed (Interrupt wdt timeout on CPU0).");
        assertThat(events)
                .containsExactly(
                        new WatchdogTriggered(Watchdog.TASK, "IDLE0"),
                        new WatchdogTriggered(Watchdog.INTERRUPT, null),
                        new GuruMeditation("Interrupt wdt timeout on CPU0", 0));
    }

    @Test
    void seesABootLoopWhereNothingBootsAndNoRomSpeaks() {
        for (int start = 0; start < 4; start++) {
            hear("E (35) boot: No bootable app partitions in the partition table");
        }
        assertThat(events).containsExactly(new BootLoop(4, Duration.ZERO, "no app partition is bootable"));
    }

    @Test
    void countsARestartOfTheBootloaderOnceWhereTheRomTellsIt() {
        for (int start = 0; start < 5; start++) {
            hear("rst:0x3 (SW_RESET),boot:0x12", "E (35) boot: No bootable app partitions in the partition table");
        }
        assertThat(events)
                .hasSize(5)
                .endsWith(new Reset("SW_RESET", 3), new BootLoop(4, Duration.ZERO, "no app partition is bootable"));
    }

    @Test
    void tellsABrownoutOnce() {
        hear("rst:0x1 (POWERON_RESET),boot:0x12", "Brownout detector was triggered");
        hear("rst:0xf (RTCWDT_BROWN_OUT_RESET),boot:0x12", "rst:0xf (BROWNOUT_RST),boot:0x8");
        assertThat(events)
                .containsExactly(
                        new Brownout(),
                        new Reset("RTCWDT_BROWN_OUT_RESET", 15),
                        new Brownout(),
                        new Reset("BROWNOUT_RST", 15));
    }

    @Test
    void tellsABootLoopButNotResetsThatWereOrderedOrRare() {
        hearAt(0, "rst:0x1 (POWERON_RESET)");
        watch.resetOrdered();
        hearAt(1, "rst:0x1 (POWERON_RESET)");
        for (int second : List.of(2, 40, 42, 44)) {
            hearAt(second, "rst:0xc (SW_CPU_RESET)");
        }
        assertThat(events).noneMatch(BootLoop.class::isInstance);

        hearAt(46, "rst:0xc (SW_CPU_RESET)");
        assertThat(events).endsWith(new BootLoop(4, Duration.ofSeconds(6), null));
    }

    private void hear(String... lines) {
        for (String line : lines) {
            watch.line(line, 0);
        }
    }

    private void hearAt(int second, String line) {
        watch.line(line, Duration.ofSeconds(second).toNanos());
    }
}
