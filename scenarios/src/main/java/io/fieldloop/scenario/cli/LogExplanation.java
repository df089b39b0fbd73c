package io.fieldloop.scenario.cli;

import static java.util.stream.Collectors.joining;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.qemu.console.ConsoleDictionary;
import io.fieldloop.qemu.console.ConsoleDictionary.Ambiguity;
import io.fieldloop.qemu.runner.SavedConsole;
import io.fieldloop.scenario.explain.ExplanationText;
import io.fieldloop.scenario.explain.Explanations;
import io.fieldloop.scenario.explain.Side;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.report.text.EvidenceText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happened by a device's console log, and each reason in it explained. */
final class LogExplanation {
    private static final int ENTRIES_MAX = 40;
    private static final int REASONS_MAX = 5;

    /** What is left out are states and messages, of which a log is full. */
    private static final Set<String> TOLD = Set.of(
            "attempt-started",
            "tcp-connected",
            "tls-established",
            "upgraded",
            "online",
            "refused",
            "offline",
            "reconnect-scheduled",
            "turn-completed",
            "turn-interrupted",
            "turn-failed",
            "boot-loop",
            "brownout",
            "guru-meditation",
            "panic",
            "reset",
            "watchdog-reset",
            "watchdog-triggered",
            SavedConsole.SIGNS);

    private final SavedConsole log;
    private final ConsoleDictionary dictionary;
    private final List<SavedConsole.Entry> told;

    private LogExplanation(SavedConsole log, ConsoleDictionary dictionary) {
        this.log = log;
        this.dictionary = dictionary;
        this.told = log.entries().stream()
                .filter(entry -> TOLD.contains(entry.kind()))
                .toList();
    }

    /**
     * Reads a log.
     *
     * @param file its path, or - for standard input
     * @param dictionary the user's, or null for the one that fits of those that ship
     * @throws CliException if it cannot be read, or shows nothing
     */
    static LogExplanation read(String file, @Nullable Path dictionary) {
        byte[] bytes = bytes(file);
        ConsoleDictionary words = dictionary == null ? shipped(bytes) : Dictionaries.load(dictionary);
        LogExplanation explanation = new LogExplanation(SavedConsole.read(bytes, words), words);
        if (explanation.told.isEmpty()) {
            throw new CliException(file + ": none of its " + explanation.log.lines()
                    + " lines is known to the dictionary \"" + words.name()
                    + "\"; expected the console of firmware on ESP-IDF, or give --dictionary.");
        }
        return explanation;
    }

    private static byte[] bytes(String file) {
        try {
            return file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
        } catch (NoSuchFileException missing) {
            throw new CliException("There is no file " + file + "; give a device's console log.");
        } catch (IOException | InvalidPathException e) {
            throw new CliException(file + " cannot be read: " + e.getMessage() + ".");
        }
    }

    /** The reference firmware gives itself away by the tag of its own lines. */
    private static ConsoleDictionary shipped(byte[] log) {
        return new String(log, StandardCharsets.ISO_8859_1).contains(") fieldloop: ")
                ? ConsoleDictionary.bundled()
                : ConsoleDictionary.stock();
    }

    List<String> lines(Explanations explanations) {
        List<String> lines = new ArrayList<>();
        told.stream().limit(ENTRIES_MAX).map(LogExplanation::line).forEach(lines::add);
        if (told.size() > ENTRIES_MAX) {
            lines.add("... and " + (told.size() - ENTRIES_MAX) + " more");
        }
        Map<String, Integer> reasons = reasons();
        lines.add("");
        lines.add(counted(log.lines(), "line") + ": " + counted(count("attempt-started"), "attempt") + ", "
                + count("online") + " online, " + count("refused") + " refused"
                + reasons.entrySet().stream()
                        .map(reason -> reason.getKey() + " " + reason.getValue())
                        .collect(joining(", ", reasons.isEmpty() ? "" : "; ", "")));
        reasons.keySet().stream().limit(REASONS_MAX).forEach(reason -> {
            explanations.find(Side.DEVICE, reason).ifPresent(one -> {
                lines.add("");
                lines.addAll(ExplanationText.lines(one));
            });
            lines.addAll(doubts(reason));
        });
        return lines;
    }

    private static String line(SavedConsole.Entry entry) {
        return EvidenceText.line(new JournalEntry(
                entry.line(), entry.nanos(), Lane.DEVICE, "line " + entry.line(), entry.kind(), entry.attributes()));
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private long count(String kind) {
        return told.stream().filter(entry -> entry.kind().equals(kind)).count();
    }

    /** Each reason and how often, the first seen first; that of a panic is none of the vocabulary. */
    private Map<String, Integer> reasons() {
        Map<String, Integer> times = new LinkedHashMap<>();
        for (SavedConsole.Entry entry : told) {
            Object reason = entry.attributes().get("reason");
            if (reason != null && !entry.kind().equals("panic")) {
                times.merge(reason.toString(), 1, Integer::sum);
            }
        }
        return times;
    }

    /** What the console does not tell apart from it. */
    private List<String> doubts(String reason) {
        return dictionary.ambiguities().stream()
                .filter(one -> one.said().wireName().equals(reason) && codeFits(one, reason))
                .flatMap(
                        one -> Stream.of("", "By a console it may also be " + others(one) + ": " + one.because() + "."))
                .toList();
    }

    private static String others(Ambiguity one) {
        return one.mayBe().stream().map(FailureReason::wireName).sorted().collect(joining(" or "));
    }

    private boolean codeFits(Ambiguity one, String reason) {
        return one.code() == null
                || told.stream()
                        .anyMatch(entry -> reason.equals(entry.attributes().get("reason"))
                                && one.code().equals(entry.attributes().get("code")));
    }
}
