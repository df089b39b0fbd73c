package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.scenario.rig.RigException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One thing that a step waits for the firmware to say. */
final class FirmwareWaiting {
    private final ScheduledExecutorService loop;
    private final Duration max;
    private final Supplier<String> complaint;
    private CompletableFuture<Void> said = CompletableFuture.completedFuture(null);

    /** Waits for nothing yet. */
    FirmwareWaiting(ScheduledExecutorService loop, Duration max, Supplier<String> complaint) {
        this.loop = loop;
        this.max = max;
        this.complaint = complaint;
    }

    /** From now on: a firmware that says nothing for too long hangs, and nothing can be concluded. */
    CompletableFuture<Void> begin() {
        CompletableFuture<Void> next = new CompletableFuture<>();
        said = next;
        loop.schedule(
                () -> next.completeExceptionally(new RigException(complaint.get())),
                max.toNanos(),
                TimeUnit.NANOSECONDS);
        return next;
    }

    /** Done when what was last waited for is said; at once if nothing is. */
    CompletableFuture<Void> over() {
        return said;
    }

    void done() {
        said.complete(null);
    }
}
