package io.fieldloop.qemu.runner;

import org.jspecify.annotations.Nullable;

/**
 * Ends one QEMU with this process, however that ends short of SIGKILL; for SIGKILL there is the sweep of the next start.
 *
 * <p>A container takes a second to start. Where the process is told to end in that second, the end waits for the start, so that there is
 * something to remove.
 */
final class KillAtExit {
    private final ControlDirectory control;
    private final Thread hook = new Thread(this::end, "qemu-kill-at-exit");
    private @Nullable QemuHandle qemu;
    private boolean exiting;

    private KillAtExit(ControlDirectory control) {
        this.control = control;
    }

    /** To be called before there is a QEMU. */
    static KillAtExit register(ControlDirectory control) {
        KillAtExit killAtExit = new KillAtExit(control);
        try {
            Runtime.getRuntime().addShutdownHook(killAtExit.hook);
        } catch (IllegalStateException exiting) {
            throw EndOfProcess.tooLate();
        }
        return killAtExit;
    }

    /** Starts the QEMU. */
    synchronized QemuHandle start(Launch.Starter starter) {
        if (exiting) {
            throw EndOfProcess.tooLate();
        }
        QemuHandle started = starter.start(control);
        qemu = started;
        return started;
    }

    private synchronized void end() {
        exiting = true;
        if (qemu != null) {
            qemu.destroy();
        }
        control.delete();
    }

    void release() {
        EndOfProcess.forget(hook);
    }
}
