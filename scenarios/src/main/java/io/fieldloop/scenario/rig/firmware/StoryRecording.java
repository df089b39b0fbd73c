package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.qemu.chip.WriteLog;
import io.fieldloop.scenario.model.PowerSpec;
import io.fieldloop.scenario.rig.Story;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Records what a device says and writes up to its power cut, for all the cases that go on from there. */
final class StoryRecording {
    /** So long after a step a write may still come that the step made the firmware do. */
    static final Duration WRITES_MAX = Duration.ofSeconds(5);

    private static final Duration QUIET = Duration.ofMillis(500);

    private final FirmwareRig rig;
    private final List<SavePoint.Line> console = new ArrayList<>();
    private @Nullable WriteLog writes;

    StoryRecording(FirmwareRig rig) {
        this.rig = rig;
    }

    /** A line of its console. */
    void line(String text) {
        if (rig.story().part() == Story.Part.UP_TO_THE_CUT) {
            console.add(new SavePoint.Line(text, rig.storyNanos()));
        }
    }

    /** Its writes from now on, all of them when none has come for a while. */
    CompletableFuture<Void> writes(PowerSpec cut, WatchedFlash flash, CompletableFuture<?> during) {
        WriteLog log = flash.record(cut, rig::storyNanos);
        writes = log;
        CompletableFuture<Void> complete = new CompletableFuture<>();
        during.thenRun(() -> rig.later(QUIET, () -> awaitQuiet(log, 0, WRITES_MAX, complete)));
        return complete;
    }

    private void awaitQuiet(WriteLog log, int before, Duration left, CompletableFuture<Void> complete) {
        int now = log.count();
        if ((now > 0 && now == before) || left.isNegative()) {
            complete.complete(null);
        } else {
            rig.later(QUIET, () -> awaitQuiet(log, now, left.minus(QUIET), complete));
        }
    }

    /** What there is for them; null where no writes were recorded. */
    SavePoint.@Nullable Kept kept() {
        WriteLog log = writes;
        return log == null ? null : new SavePoint.Kept(log, List.copyOf(console));
    }
}
