package io.fieldloop.qemu.runner;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A QEMU that was started, whatever it runs in. */
public interface QemuHandle {

    /** Completes, never exceptionally, when it is gone. */
    CompletableFuture<Exit> exit();

    /** Asks it to end; does not wait. */
    void terminate();

    /** Ends it; does not wait. */
    void kill();

    /** Ends it and waits until nothing is left; for the end of this process. */
    void destroy();

    /**
     * What is left of it.
     *
     * @param status null where nobody could tell
     * @param output what QEMU itself said
     */
    record Exit(@Nullable Integer status, String output) {}
}
