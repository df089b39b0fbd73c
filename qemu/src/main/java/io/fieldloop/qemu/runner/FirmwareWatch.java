package io.fieldloop.qemu.runner;

import io.fieldloop.qemu.runner.FirmwareEvent.WatchdogTriggered;
import io.fieldloop.qemu.runner.FirmwareEvent.WatchdogTriggered.Watchdog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises in console lines what happens to the firmware as a whole: panics, watchdogs, resets, boot loops.
 *
 * <p>The lines are those of the chips' ROMs, of ESP-IDF 4 and 5 ({@code panic.c}, {@code esp_system_abort}, {@code task_wdt.c},
 * {@code brownout.c}) and of the reference firmware. Time is nanoseconds since power on, given with each line.
 */
final class FirmwareWatch {
    private static final Pattern GURU = Pattern.compile("Guru Meditation Error: Core +(\\d+) panic'ed \\((.+?)\\)");
    private static final Pattern TASK_WATCHDOG = Pattern.compile("task_wdt: Task watchdog got triggered");
    private static final Pattern TASK = Pattern.compile("task_wdt: +- (.+?)(?: \\(CPU.*\\))?$");
    private static final Pattern BROWNOUT = Pattern.compile("Brownout detector was triggered");

    /** What ESP-IDF's bootloader says before it restarts the chip (bootloader_utility_load_boot_image, bootloader_utility.c). */
    private static final Pattern NOTHING_BOOTABLE = Pattern.compile("boot: No bootable app partitions");

    private final EmulationLimits limits;
    private final Consumer<FirmwareEvent> events;
    private final Deque<Long> resetNanos = new ArrayDeque<>();
    private boolean started;
    private boolean romSpoke;
    private boolean taskExpected;
    private boolean brownoutSaid;
    private boolean nothingBootable;
    private int resetsOrdered;

    FirmwareWatch(EmulationLimits limits, Consumer<FirmwareEvent> events) {
        this.limits = limits;
        this.events = events;
    }

    /** The harness itself presses the reset button: the next reset is no sign of trouble. */
    void resetOrdered() {
        resetsOrdered++;
    }

    void line(String line, long nanos) {
        if (taskExpected) {
            taskExpected = false;
            Matcher task = TASK.matcher(line);
            events.accept(new WatchdogTriggered(Watchdog.TASK, task.find() ? task.group(1) : null));
        }
        ResetLine.in(line).ifPresent(reset -> reset(reset, nanos));
        taskExpected = TASK_WATCHDOG.matcher(line).find();
        if (BROWNOUT.matcher(line).find()) {
            brownoutSaid = true;
            events.accept(new FirmwareEvent.Brownout());
        }
        Matcher guru = GURU.matcher(line);
        if (guru.find()) {
            guru(Integer.parseInt(guru.group(1)), guru.group(2));
        }
        PanicLine.in(line).ifPresent(events);
        if (NOTHING_BOOTABLE.matcher(line).find()) {
            nothingBootable(nanos);
        }
    }

    /** The restart that follows is told by the ROM, if there is one, and by nobody else. */
    private void nothingBootable(long nanos) {
        nothingBootable = true;
        if (!romSpoke) {
            count(nanos);
        }
    }

    private void guru(int core, String cause) {
        if (cause.startsWith("Interrupt wdt")) {
            events.accept(new WatchdogTriggered(Watchdog.INTERRUPT, null));
        }
        events.accept(new FirmwareEvent.GuruMeditation(cause, core));
    }

    /** One start may be told twice, by the ROM and then by the firmware; the first of all is no reset. */
    private void reset(ResetLine reset, long nanos) {
        boolean toldAlready = romSpoke && !reset.isFromRom();
        romSpoke = reset.isFromRom();
        if (toldAlready) {
            return;
        }
        if (!started) {
            started = true;
            return;
        }
        if (reset.isWatchdog()) {
            events.accept(new FirmwareEvent.WatchdogReset(reset.cause(), reset.code()));
        } else {
            if (reset.isBrownout() && !brownoutSaid) {
                events.accept(new FirmwareEvent.Brownout());
            }
            events.accept(new FirmwareEvent.Reset(reset.cause(), reset.code()));
        }
        brownoutSaid = false;
        count(nanos);
    }

    private void count(long nanos) {
        String cause = nothingBootable ? "no app partition is bootable" : null;
        nothingBootable = false;
        if (resetsOrdered > 0) {
            resetsOrdered--;
            return;
        }
        Duration within = limits.bootLoopWithin();
        while (!resetNanos.isEmpty() && nanos - resetNanos.getFirst() > within.toNanos()) {
            resetNanos.removeFirst();
        }
        resetNanos.addLast(nanos);
        if (resetNanos.size() == limits.bootLoopResets()) {
            long nanosTaken = nanos - resetNanos.getFirst();
            events.accept(new FirmwareEvent.BootLoop(resetNanos.size(), Duration.ofNanos(nanosTaken), cause));
            resetNanos.clear();
        }
    }
}
