package io.fieldloop.qemu.runner;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The harness's end of a machine's UART0. */
interface ConsoleEnd {

    /** From now on, in order, and on the machine's event loop, from where it is called; the listener does not keep the buffer. */
    void hear(Consumer<ByteBuf> bytes);

    /** On any thread and at any time; what comes too late is dropped. */
    void write(String text);

    /** Completes when all is heard of a QEMU that is gone; called on the machine's event loop. */
    CompletableFuture<Void> drained();
}
