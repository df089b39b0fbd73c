package io.fieldloop.qemu.runner;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What is told of a machine when this process ends: nothing.
 *
 * <p>Ctrl-C reaches the whole process group of a terminal, so QEMU, or the program that is about to become QEMU, may be gone before this
 * process knows that it is to end.
 */
public final class EndOfProcess {
    private static final int KNOWN_MILLIS = 300;

    private EndOfProcess() {}

    /** Tells of a failure that this process may have in common with a machine; not at all if it ends. */
    static void tellUnlessOver(Runnable tell) {
        CompletableFuture.delayedExecutor(KNOWN_MILLIS, TimeUnit.MILLISECONDS).execute(() -> {
            if (!isNear()) {
                tell.run();
            }
        });
    }

    /** Whether this process is being ended, and with it its machines and their files: what fails now is nobody's failure. */
    public static boolean isNear() {
        Thread probe = new Thread(() -> {}, "end-of-process-probe");
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            forget(probe);
            return false;
        } catch (IllegalStateException exiting) {
            return true;
        }
    }

    /** Of a hook that has nothing more to do. */
    static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException exiting) {
            // The hook runs or has run, which does no harm.
            return;
        }
    }

    static EmulationException tooLate() {
        return new EmulationException("this process was told to end, so no machine is started.");
    }
}
