package io.fieldloop.qemu.runner;

import java.util.concurrent.CompletableFuture;

/** Starts firmware in QEMU. */
public interface Emulator {

    /**
     * Starts one machine.
     *
     * @return completes when the firmware's first instruction may run and its console is heard; fails with an {@link EmulationException}
     *     whose message is one sentence that says what to do
     */
    CompletableFuture<Emulation> start(EmulationConfig config, EmulationListener listener);
}
