package io.fieldloop.qemu.runner;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** One machine that was started. Nothing here blocks. */
public interface Emulation {

    /** Sends text to UART0, in the order of the calls; what is sent after the end is dropped. */
    void write(String text);

    /** Presses the reset button (QMP {@code system_reset}). */
    CompletableFuture<Void> reset();

    /** Cuts the power: asks QEMU to quit, then kills it. May be called at any time and more than once. */
    CompletableFuture<EmulationEnd> stop();

    /** Cuts it this moment, without asking: for a QEMU that waits for its flash. */
    CompletableFuture<EmulationEnd> cut();

    /** Completes, never exceptionally, when QEMU is gone and its console is read to the end. */
    CompletableFuture<EmulationEnd> ended();

    /** All that came from UART0, byte for byte, from power on. */
    Path consoleLog();
}
