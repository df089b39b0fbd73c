package io.fieldloop.scenario.cli;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.qemu.console.ConsoleDictionary;
import io.fieldloop.qemu.console.ConsoleDictionary.Ambiguity;
import io.fieldloop.qemu.runner.SavedConsole;
import io.fieldloop.scenario.catalogue.EventCatalogue;
import io.fieldloop.scenario.explain.ExplanationText;
import io.fieldloop.scenario.explain.Explanations;
import io.fieldloop.scenario.explain.Side;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.report.text.EvidenceText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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

    /** States and messages, of which a log is full. */
    private static final Set<String> LEFT_OUT = Stream.of(
                    DeviceEvent.StateChanged.class,
                    DeviceEvent.MessageSent.class,
                    DeviceEvent.MessageReceived.class,
                    DeviceEvent.AudioSent.class,
                    DeviceEvent.AudioReceived.class,
                    DeviceEvent.PongSent.class)
            .map(EventCatalogue::kind)
            .collect(toSet());

    private static final byte ESCAPE = 0x1b;
    private static final int BEGINNING_BYTES = 1 << 20;
    private static final int CONTROLS_PERCENT_MAX = 5;

    private final ConsoleDictionary dictionary;
    private final List<SavedConsole.Entry> first = new ArrayList<>();
    private final Map<String, Integer> kinds = new HashMap<>();
    private final Map<String, Integer> reasons = new LinkedHashMap<>();
    private final Map<String, Set<Object>> codes = new HashMap<>();
    private int told;
    private int lines;

    private LogExplanation(ConsoleDictionary dictionary) {
        this.dictionary = dictionary;
    }

    /**
     * Reads a log.
     *
     * @param file its path, or - for standard input
     * @param dictionary the user's, or null for the one that fits of those that ship
     * @throws CliException if it cannot be read, or shows nothing
     */
    static LogExplanation read(String file, @Nullable Path dictionary) {
        try (InputStream log = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
            byte[] beginning = log.readNBytes(BEGINNING_BYTES);
            requireText(file, beginning);
            ConsoleDictionary words = dictionary == null ? shipped(beginning) : Dictionaries.load(dictionary);
            LogExplanation explanation = new LogExplanation(words);
            explanation.read(new SequenceInputStream(new ByteArrayInputStream(beginning), log));
            if (explanation.told == 0) {
                throw new CliException(file + ": none of its " + explanation.lines
                        + " lines tells the dictionary \"" + words.name()
                        + "\" of a connection; expected the console of firmware on ESP-IDF, or give --dictionary.");
            }
            return explanation;
        } catch (NoSuchFileException missing) {
            throw new CliException("There is no file " + file + "; give a device's console log.");
        } catch (IOException | InvalidPathException e) {
            throw new CliException(file + " cannot be read: " + e.getMessage() + ".");
        }
    }

    private void read(InputStream log) throws IOException {
        lines = SavedConsole.read(log, dictionary, this::take);
    }

    /** Of a log of a week only the first entries and the counts are kept. */
    private void take(SavedConsole.Entry entry) {
        if (LEFT_OUT.contains(entry.kind())) {
            return;
        }
        told++;
        kinds.merge(entry.kind(), 1, Integer::sum);
        if (first.size() < ENTRIES_MAX) {
            first.add(entry);
        }
        Object reason = entry.attributes().get("reason");
        boolean device = entry.kind().equals(SavedConsole.SIGNS) || Side.ofEvent(entry.kind()) == Side.DEVICE;
        if (reason != null && device) {
            reasons.merge(reason.toString(), 1, Integer::sum);
            Object code = entry.attributes().get("code");
            if (code != null) {
                codes.computeIfAbsent(reason.toString(), any -> new HashSet<>()).add(code);
            }
        }
    }

    /** Whatever is endless, compressed or a program is not read to its end. */
    private static void requireText(String file, byte[] beginning) {
        int controls = 0;
        for (byte octet : beginning) {
            boolean written = octet == '\t' || octet == '\n' || octet == '\r' || octet == ESCAPE;
            controls += octet >= 0 && octet < ' ' && !written ? 1 : 0;
        }
        if (beginning.length == BEGINNING_BYTES && controls > BEGINNING_BYTES / 100 * CONTROLS_PERCENT_MAX) {
            throw new CliException(file + " is no text; give a device's console log.");
        }
    }

    /** The reference firmware gives itself away by the tag of its own lines. */
    private static ConsoleDictionary shipped(byte[] log) {
        return new String(log, StandardCharsets.ISO_8859_1).contains(") fieldloop: ")
                ? ConsoleDictionary.bundled()
                : ConsoleDictionary.stock();
    }

    List<String> lines(Explanations explanations) {
        List<String> text = new ArrayList<>();
        first.stream().map(LogExplanation::line).forEach(text::add);
        if (told > first.size()) {
            text.add("... and " + (told - first.size()) + " more");
        }
        text.add("");
        text.add(counted(lines, "line") + ": " + counted(count(DeviceEvent.AttemptStarted.class), "attempt") + ", "
                + count(DeviceEvent.Online.class) + " online, " + count(DeviceEvent.Refused.class) + " refused"
                + reasons.entrySet().stream()
                        .map(reason -> reason.getKey() + " " + reason.getValue())
                        .collect(joining(", ", reasons.isEmpty() ? "" : "; ", "")));
        reasons.keySet().stream().limit(REASONS_MAX).forEach(reason -> {
            explanations.find(Side.DEVICE, reason).ifPresent(one -> {
                text.add("");
                text.addAll(ExplanationText.lines(one));
            });
            text.addAll(doubts(reason));
        });
        return text;
    }

    private static String line(SavedConsole.Entry entry) {
        return EvidenceText.line(new JournalEntry(
                entry.line(), entry.nanos(), Lane.DEVICE, "line " + entry.line(), entry.kind(), entry.attributes()));
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private long count(Class<? extends DeviceEvent> event) {
        return kinds.getOrDefault(EventCatalogue.kind(event), 0);
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
        return one.code() == null || codes.getOrDefault(reason, Set.of()).contains(one.code());
    }
}
