package io.fieldloop.qemu.runner;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a machine ended, and what is left of it.
 *
 * @param message one sentence for a person, for instance {@code QEMU ended with exit status 1: could not load kernel 'x.elf'}
 * @param exitStatus QEMU's, 128 + signal where it was killed; null where nobody could tell
 * @param lastLines at most the last {@value #LAST_LINES} of the console
 */
public record EmulationEnd(
        String message, @Nullable Integer exitStatus, Reason reason, List<String> lastLines, Path consoleLog) {
    public static final int LAST_LINES = 32;

    public EmulationEnd {
        lastLines = List.copyOf(lastLines);
    }

    /** Whose doing it was. */
    public enum Reason {
        /** {@link Emulation#stop} was called, and QEMU quit. */
        STOPPED,
        /** {@link Emulation#stop} was called, QEMU did not quit in time and was killed. */
        KILLED,
        /** QEMU ended by itself. */
        EXITED
    }
}
