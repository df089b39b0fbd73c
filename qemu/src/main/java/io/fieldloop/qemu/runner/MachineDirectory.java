package io.fieldloop.qemu.runner;

import io.fieldloop.qemu.OwnsWallClock;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory among the temporary files for what belongs to a machine, such as the copy of a user's image.
 *
 * <p>It goes with this process, too: on Ctrl-C nobody returns from where it was made. That of a killed process is removed at the next start.
 */
@OwnsWallClock("at the end of a process, others may still put files into it for a while")
public final class MachineDirectory implements AutoCloseable {
    private static final int ATTEMPTS_MAX = 40;
    private static final int PAUSE_MILLIS = 50;

    private final ControlDirectory directory;
    private final Thread atExit = new Thread(this::removeAtExit, "machine-directory-at-exit");

    private MachineDirectory(ControlDirectory directory) {
        this.directory = directory;
    }

    /** A new one, with a short path, since sockets may lie in it. */
    public static MachineDirectory create() {
        MachineDirectory made = new MachineDirectory(ControlDirectory.create());
        try {
            Runtime.getRuntime().addShutdownHook(made.atExit);
        } catch (IllegalStateException exiting) {
            made.directory.deleteAll();
            throw EndOfProcess.tooLate();
        }
        return made;
    }

    public Path path() {
        return directory.path();
    }

    private void removeAtExit() {
        for (int attempt = 0; attempt < ATTEMPTS_MAX && Files.exists(path()); attempt++) {
            directory.deleteAll();
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException nobodyDoes) {
                return;
            }
        }
    }

    /** Removes it with all that is in it. */
    @Override
    public void close() {
        EndOfProcess.forget(atExit);
        directory.deleteAll();
    }
}
