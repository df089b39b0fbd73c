package io.fieldloop.scenario.diagnose.log;

import io.fieldloop.qemu.console.ConsoleDictionary;
import io.fieldloop.qemu.runner.SavedConsole;
import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.Diagnosis;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.Finding;
import io.fieldloop.scenario.diagnose.Landmark;
import io.fieldloop.scenario.diagnose.number.Numbers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A device's console log: what it comes to, and what happened in it. */
public final class ConsoleLog {
    private static final String REFERENCE_FIRMWARE = ") fieldloop: ";

    private final SignTable table = SignTable.bundled();
    private final Judge judge;
    private final Backtrace backtrace;
    private final @Nullable Path elf;

    public ConsoleLog(CauseTexts texts) {
        this(texts, null);
    }

    /** @param elf of the build that wrote the log, to name the functions of a crash; or null */
    public ConsoleLog(CauseTexts texts, @Nullable Path elf) {
        this.judge = new Judge(texts, Numbers.bundled());
        this.elf = elf;
        this.backtrace = elf == null ? Backtrace.command() : new Addr2line(elf, Addr2line.foldersOfPath());
    }

    /** The dictionary that fits of those that ship: the reference firmware gives itself away by the tag of its own lines. */
    public static ConsoleDictionary shipped(String beginning) {
        return beginning.contains(REFERENCE_FIRMWARE) ? ConsoleDictionary.bundled() : ConsoleDictionary.stock();
    }

    /** As below, for whoever has no log of the other end. */
    public Diagnosis read(
            String name, InputStream text, ConsoleDictionary dictionary, Consumer<SavedConsole.Entry> entries)
            throws IOException {
        return read(name, text, dictionary, entries, landmark -> {});
    }

    /**
     * Reads a log of any size; memory does not grow with it.
     *
     * @param entries told what happened to the connection, by the console's dictionary
     * @param landmarks told of the first lines that a server's log should have its own for
     */
    Diagnosis read(
            String name,
            InputStream text,
            ConsoleDictionary dictionary,
            Consumer<SavedConsole.Entry> entries,
            Consumer<Landmark> landmarks)
            throws IOException {
        LineFilter filter = new LineFilter(table, dictionary);
        int[] told = new int[1];
        Speakers speakers = new Speakers(() -> {
            ConsoleReader reader = new ConsoleReader(table, judge, landmarks);
            return new Speakers.Speaker(reader, new SavedConsole(dictionary.strict(), entry -> {
                told[0]++;
                entries.accept(entry);
                reader.reported(entry);
            }));
        });
        int lines = new LogLines(filter, (number, line, candidates) -> {
                    Speakers.Speaker speaker = speakers.of(line);
                    ConsoleLine parsed = speaker.reader().line(number, line);
                    speaker.reader().signs(parsed, candidates);
                    if (candidates.get(filter.dictionary())) {
                        speaker.console().line(number, parsed.asPrinted());
                    }
                })
                .read(text);
        boolean[] named = new boolean[1];
        List<Finding> findings = new ArrayList<>(speakers.end((printed, addresses, riscV) -> {
            named[0] = true;
            return backtrace.of(printed, addresses, riscV);
        }));
        if (lines == 0) {
            throw new LogException(name + " is empty; expected a device's console or a server's log.");
        }
        if (findings.isEmpty() && speakers.seen().isEmpty() && told[0] == 0) {
            throw new LogException(
                    name + ": none of its " + lines + " lines tells the dictionary \"" + dictionary.name()
                            + "\" of a connection; expected the console of firmware on ESP-IDF, Arduino, ESPHome, Tasmota or"
                            + " MicroPython, or a server's log; or give --dictionary.");
        }
        List<String> notes = new ArrayList<>();
        if (findings.isEmpty()) {
            List<Evidence> seen = speakers.seen().stream()
                    .map(one -> one.evidence(judge.says(one)))
                    .toList();
            findings.add(new Finding("Recognised", "", List.of(), seen, 1));
            notes.add("Nothing failed in these lines, or the log ends before it tells why.");
        }
        if (elf != null && !named[0]) {
            notes.add("--elf " + elf + " names nothing here: no line is a backtrace.");
        }
        return new Diagnosis(
                name, lines + (lines == 1 ? " line" : " lines") + " of a device's console", findings, notes);
    }
}
