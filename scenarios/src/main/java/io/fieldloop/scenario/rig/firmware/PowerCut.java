package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.qemu.chip.FlashWrite;
import io.fieldloop.qemu.runner.FirmwareEvent;
import io.fieldloop.scenario.model.PowerSpec;
import io.fieldloop.scenario.rig.RigException;
import io.fieldloop.scenario.shape.Kebab;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Takes a device's power away at a write into its flash.
 *
 * <p>Of many cases that differ in the write alone, a first part records the story up to the cut, and each case goes on from there.
 */
final class PowerCut {
    /** The device, which knows how to go dark and come back. */
    interface Owner {
        void lost(FirmwareEvent.PowerLost event);

        /** It has to become ready anew before it obeys. */
        void awaitReady();

        /** It heard these lines before the cut. */
        void hear(List<SavePoint.Line> story);

        CompletableFuture<Void> comeBack();
    }

    private final String device;
    private final FirmwareRig rig;
    private final FirmwareHost host;
    private final @Nullable SavePoint savePoint;
    private final StoryRecording recording;
    private final Owner owner;

    PowerCut(String device, FirmwareRig rig, FirmwareHost host, @Nullable SavePoint savePoint, Owner owner) {
        this.device = device;
        this.rig = rig;
        this.host = host;
        this.savePoint = savePoint;
        this.recording = new StoryRecording(rig);
        this.owner = owner;
    }

    /** A line of its console. */
    void line(String text) {
        recording.line(text);
    }

    /** What was recorded of it for cases that go on from there; null where nothing was. */
    SavePoint.@Nullable Kept kept() {
        return recording.kept();
    }

    /** Done when this part of the story is over; {@code during} is the step that makes the firmware write. */
    CompletableFuture<Void> at(PowerSpec cut, CompletableFuture<?> during) {
        WatchedFlash flash = Objects.requireNonNull(host.flash());
        return switch (rig.story().part()) {
            case WHOLE -> lose(cut, flash, during);
            case UP_TO_THE_CUT -> recording.writes(cut, flash, during);
            case FROM_THE_CUT -> goOn(cut, flash);
        };
    }

    private CompletableFuture<Void> lose(PowerSpec cut, WatchedFlash flash, CompletableFuture<?> during) {
        CompletableFuture<FlashWrite> lost = flash.lose(cut);
        during.thenRun(() -> rig.later(
                StoryRecording.WRITES_MAX,
                () -> lost.completeExceptionally(new RigException(String.format(
                        Locale.ROOT,
                        "The power of %s was to go at write %d of the partition %s, and there were %d up to %d s after the step; lower"
                                + " `at-write`, or name another partition.",
                        device,
                        cut.write(),
                        cut.cut(),
                        flash.seen(cut),
                        StoryRecording.WRITES_MAX.toSeconds())))));
        return lost.thenComposeAsync(
                        write -> {
                            owner.awaitReady();
                            owner.lost(event(cut, write));
                            return host.cut();
                        },
                        rig.loop())
                .thenComposeAsync(gone -> owner.comeBack(), rig.loop());
    }

    private static FirmwareEvent.PowerLost event(PowerSpec cut, FlashWrite write) {
        return new FirmwareEvent.PowerLost(
                cut.cut(),
                cut.write(),
                Kebab.of(cut.moment()),
                "0x" + Integer.toHexString(write.offset()),
                write.length());
    }

    private CompletableFuture<Void> goOn(PowerSpec cut, WatchedFlash flash) {
        SavePoint.Kept kept = Objects.requireNonNull(savePoint).of(device);
        owner.hear(kept.console().stream()
                .filter(line -> line.nanos() <= kept.writes().nanosAt(cut.write()))
                .toList());
        owner.lost(event(cut, kept.writes().writeAt(cut.write())));
        flash.load(kept.flash(cut));
        owner.awaitReady();
        return owner.comeBack();
    }
}
