package io.fieldloop.scenario.diagnose.log;

import io.fieldloop.qemu.console.ConsoleDictionary;
import io.fieldloop.qemu.console.ConsoleDictionaryException;
import io.fieldloop.qemu.runner.SavedConsole;
import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.Diagnosis;
import io.fieldloop.scenario.diagnose.Finding;
import io.fieldloop.scenario.diagnose.Landmark;
import io.fieldloop.scenario.diagnose.server.ServerLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Diagnoses a log, whoever wrote it. */
public final class LogDiagnosis {
    private final CauseTexts texts;
    private final @Nullable Path elf;

    public LogDiagnosis(CauseTexts texts) {
        this(texts, null);
    }

    /** @param elf of the build that wrote the log, to name the functions of a crash; or null */
    public LogDiagnosis(CauseTexts texts, @Nullable Path elf) {
        this.texts = texts;
        this.elf = elf;
    }

    /** What one line of a console, or a part of it, comes to; nothing where it says nothing. */
    public Optional<Diagnosis> line(String line) {
        try {
            return Optional.of(
                    new ConsoleLog(texts).read("This line", stream(line), ConsoleLog.shipped(line), entry -> {}));
        } catch (LogException saysNothing) {
            return Optional.empty();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Reads a log for what it comes to; see {@link #readAll}. */
    public Diagnosis read(String file, @Nullable ConsoleDictionary dictionary, Consumer<SavedConsole.Entry> entries) {
        return readAll(file, dictionary, entries).diagnosis();
    }

    /**
     * Reads a log.
     *
     * @param file its path, or - for standard input
     * @param dictionary the user's, or null for the one that fits of those that ship
     * @param entries told what happened to a device's connection
     * @throws LogException if it cannot be read, or says nothing
     */
    public LogReading readAll(
            String file, @Nullable ConsoleDictionary dictionary, Consumer<SavedConsole.Entry> entries) {
        try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
            LogFile log = new LogFile(file, in);
            InputStream text = log.text();
            if (dictionary == null && ServerLog.isOne(log.beginning())) {
                ServerLog server = new ServerLog();
                Diagnosis said = server.read(file, text);
                return new LogReading(withDevice(said, log.beginning()), server.rates(), true, server.landmarks());
            }
            ConsoleDictionary words = dictionary == null ? ConsoleLog.shipped(log.beginning()) : dictionary;
            List<Landmark> landmarks = new ArrayList<>();
            Diagnosis said = new ConsoleLog(texts, elf).read(file, text, words, entries, landmarks::add);
            return new LogReading(dictionary == null ? withServer(said, log.beginning()) : said, landmarks);
        } catch (ConsoleDictionaryException costly) {
            throw new LogException(String.valueOf(costly.getMessage()));
        } catch (NoSuchFileException missing) {
            throw new LogException("There is no file " + file + "; give a device's console log.");
        } catch (IOException | InvalidPathException e) {
            throw new LogException(file + " cannot be read: " + e.getMessage() + ".");
        }
    }

    /** A device's lines among a server's, as in a report that has both, are read as what they are. */
    private Diagnosis withDevice(Diagnosis server, String text) throws IOException {
        if (!ServerLog.isMixed(text)) {
            return server;
        }
        String lines = ServerLog.only(true, text);
        try {
            return and(
                    server,
                    new ConsoleLog(texts, elf)
                            .read(server.source(), stream(lines), ConsoleLog.shipped(lines), entry -> {})
                            .findings());
        } catch (LogException saysNothing) {
            return server;
        }
    }

    private static Diagnosis withServer(Diagnosis device, String text) throws IOException {
        if (!ServerLog.isMixed(text)) {
            return device;
        }
        List<Finding> failed = new ServerLog()
                .read(device.source(), stream(ServerLog.only(false, text))).findings().stream()
                        .filter(one -> one.part().equals(ServerLog.WHAT_FAILED))
                        .toList();
        return failed.isEmpty() ? device : and(device, failed);
    }

    private static Diagnosis and(Diagnosis one, List<Finding> other) {
        List<Finding> findings = new ArrayList<>(one.findings());
        findings.addAll(other);
        List<String> notes = new ArrayList<>(one.notes());
        notes.add("Lines of a device and of a server stand in this log, and were read apart.");
        return new Diagnosis(one.source(), one.summary(), findings, notes);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
