package io.fieldloop.qemu.runner;

/** Ends one QEMU with this process, however that ends short of SIGKILL; for SIGKILL there is the sweep of the next start. */
final class KillAtExit {
    private final Thread hook;

    private KillAtExit(Thread hook) {
        this.hook = hook;
    }

    static KillAtExit register(QemuHandle qemu, ControlDirectory control) {
        Runnable end = () -> {
            qemu.destroy();
            control.delete();
        };
        Thread hook = new Thread(end, "qemu-kill-at-exit");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException exiting) {
            end.run();
        }
        return new KillAtExit(hook);
    }

    void release() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException exiting) {
            // The hook runs or has run, which does no harm.
            return;
        }
    }
}
