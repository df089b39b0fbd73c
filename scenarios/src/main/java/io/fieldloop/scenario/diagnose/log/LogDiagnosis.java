package io.fieldloop.scenario.diagnose.log;

import io.fieldloop.qemu.console.ConsoleDictionary;
import io.fieldloop.qemu.console.ConsoleDictionaryException;
import io.fieldloop.qemu.runner.SavedConsole;
import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.Diagnosis;
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
            ByteArrayInputStream text = new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8));
            return Optional.of(new ConsoleLog(texts).read("This line", text, ConsoleLog.shipped(line), entry -> {}));
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
                return new LogReading(said, server.rates(), true, server.landmarks());
            }
            ConsoleDictionary words = dictionary == null ? ConsoleLog.shipped(log.beginning()) : dictionary;
            List<Landmark> landmarks = new ArrayList<>();
            Diagnosis said = new ConsoleLog(texts, elf).read(file, text, words, entries, landmarks::add);
            return new LogReading(said, landmarks);
        } catch (ConsoleDictionaryException costly) {
            throw new LogException(String.valueOf(costly.getMessage()));
        } catch (NoSuchFileException missing) {
            throw new LogException("There is no file " + file + "; give a device's console log.");
        } catch (IOException | InvalidPathException e) {
            throw new LogException(file + " cannot be read: " + e.getMessage() + ".");
        }
    }
}
