package io.fieldloop.scenario.expect;

import io.fieldloop.qemu.runner.FirmwareEvent;
import io.fieldloop.scenario.catalogue.EventCatalogue;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.model.Crash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One crash of one device's firmware; all that its console says of it up to the reset that follows is a sign of the same crash.
 *
 * @param signs the journal's entries of it, the first one first
 */
record FirmwareCrash(Crash crash, List<JournalEntry> signs) {
    private static final String WATCHDOG_RESET = EventCatalogue.kind(FirmwareEvent.WatchdogReset.class);
    private static final String GURU = EventCatalogue.kind(FirmwareEvent.GuruMeditation.class);
    private static final String PANIC = EventCatalogue.kind(FirmwareEvent.Panic.class);
    private static final String WATCHDOG_TRIGGERED = EventCatalogue.kind(FirmwareEvent.WatchdogTriggered.class);
    private static final String BOOT_LOOP = EventCatalogue.kind(FirmwareEvent.BootLoop.class);
    private static final Set<String> RESETS = Set.of(WATCHDOG_RESET, EventCatalogue.kind(FirmwareEvent.Reset.class));

    FirmwareCrash {
        signs = List.copyOf(signs);
    }

    /** All crashes in a journal, in the order in which they were over. */
    static List<FirmwareCrash> in(List<JournalEntry> journal) {
        List<FirmwareCrash> crashes = new ArrayList<>();
        Map<String, List<JournalEntry>> signs = new HashMap<>();
        for (JournalEntry entry : journal) {
            if (entry.lane() == Lane.DEVICE) {
                take(entry, signs.computeIfAbsent(entry.actor(), none -> new ArrayList<>()), crashes);
            }
        }
        signs.values().forEach(unfinished -> end(unfinished, crashes));
        return crashes;
    }

    private static void take(JournalEntry entry, List<JournalEntry> signs, List<FirmwareCrash> crashes) {
        String kind = entry.kind();
        if (kind.equals(BOOT_LOOP)) {
            crashes.add(new FirmwareCrash(Crash.BOOT_LOOP, List.of(entry)));
        } else if (kind.equals(GURU) && !ofWatchdog(entry)) {
            // A watchdog that only warned, long ago perhaps, has no part in an exception.
            signs.removeIf(sign -> sign.kind().equals(WATCHDOG_TRIGGERED));
            signs.add(entry);
        } else if (Set.of(GURU, PANIC, WATCHDOG_TRIGGERED, WATCHDOG_RESET).contains(kind)) {
            signs.add(entry);
        }
        if (isReset(entry)) {
            end(signs, crashes);
        }
    }

    static boolean isReset(JournalEntry entry) {
        return entry.lane() == Lane.DEVICE && RESETS.contains(entry.kind());
    }

    private static void end(List<JournalEntry> signs, List<FirmwareCrash> crashes) {
        boolean onlyWarned = signs.stream().allMatch(sign -> sign.kind().equals(WATCHDOG_TRIGGERED));
        if (!onlyWarned) {
            JournalEntry first = signs.get(0);
            boolean panic = first.kind().equals(PANIC) || (first.kind().equals(GURU) && !ofWatchdog(first));
            crashes.add(new FirmwareCrash(panic ? Crash.PANIC : Crash.WATCHDOG_RESET, signs));
        }
        signs.clear();
    }

    /** ESP-IDF reports its interrupt watchdog as an exception, {@code Interrupt wdt timeout on CPU0}. */
    private static boolean ofWatchdog(JournalEntry guru) {
        return String.valueOf(guru.attributes().get("cause")).contains("wdt");
    }

    JournalEntry first() {
        return signs.get(0);
    }

    String actor() {
        return first().actor();
    }

    /** What the console gives as its cause: {@code LoadProhibited}, {@code abort}, {@code TG0WDT_SYS_RESET}. */
    String cause() {
        Map<String, Object> said = first().attributes();
        Object cause = said.getOrDefault("cause", said.getOrDefault("reason", said.getOrDefault("watchdog", "")));
        return String.valueOf(cause);
    }
}
