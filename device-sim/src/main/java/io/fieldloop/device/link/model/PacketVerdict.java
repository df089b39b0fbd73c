package io.fieldloop.device.link.model;

import io.fieldloop.device.link.event.DropReason;
import org.jspecify.annotations.Nullable;

/**
 * What the link does to one frame.
 *
 * @param lostTo why it does not arrive; null when it does
 * @param atNanos when it arrives
 * @param duplicated whether it arrives twice
 * @param promotedNanos how long it waited for the radio it woke; 0 when it woke none
 * @param handoverNanos how long it waited for a handover
 * @param resumedNanos when that was over
 */
public record PacketVerdict(
        @Nullable DropReason lostTo,
        long atNanos,
        boolean duplicated,
        long promotedNanos,
        long handoverNanos,
        long resumedNanos) {
    static PacketVerdict lost(DropReason reason) {
        return new PacketVerdict(reason, 0, false, 0, 0, 0);
    }
}
