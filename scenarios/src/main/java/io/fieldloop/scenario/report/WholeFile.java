package io.fieldloop.scenario.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Files that appear whole or not at all, and why one could not be written. */
final class WholeFile {
    private WholeFile() {}

    /** Several at once; the last thing of a run, when its processors have nothing else to do. */
    static void replaceAll(Map<Path, Content> files) throws IOException {
        try {
            files.entrySet().parallelStream().forEach(file -> {
                try {
                    replace(file.getKey(), file.getValue());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    static void replace(Path file, Content content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".part");
        try (BufferedWriter out = Files.newBufferedWriter(fresh)) {
            content.writeTo(out);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e instanceof FileSystemException ? e : new IOException(file + ": " + e.getMessage(), e);
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The JDK names some causes by exception class alone. */
    static String reason(IOException failure) {
        if (!(failure instanceof FileSystemException e)) {
            return String.valueOf(failure.getMessage());
        }
        if (e instanceof FileAlreadyExistsException) {
            return e.getFile() + " is a file";
        } else if (e instanceof AccessDeniedException) {
            return "no permission to write to " + e.getFile();
        } else if (e instanceof NoSuchFileException) {
            return e.getFile() + " cannot be made";
        }
        return e.getReason() == null ? e.getClass().getSimpleName() + " at " + e.getFile() : e.getReason();
    }

    /** Writes one file. */
    interface Content {
        void writeTo(Writer out) throws IOException;
    }
}
