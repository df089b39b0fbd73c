package io.fieldloop.scenario.cli.option;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What was asked for cannot be done; the message is one sentence for the terminal. */
public final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CliException(String sentence) {
        super(sentence);
    }

    /**
     * A file that was asked for is not made.
     *
     * <p>The JDK names the most usual causes by the exception's class alone, and its message is the path once more.
     */
    public static CliException unwritable(String file, IOException failure) {
        String reason = String.valueOf(failure.getMessage());
        if (failure instanceof AccessDeniedException) {
            reason = "no permission";
        } else if (failure instanceof NoSuchFileException) {
            reason = "its folder is not there and cannot be made";
        } else if (failure instanceof FileSystemException refused && refused.getReason() != null) {
            reason = refused.getReason();
        }
        return new CliException(file + " cannot be written (" + reason + "); name another file.");
    }
}
