package io.fieldloop.qemu.link;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** What a frame under way stands for, asked when it is about to arrive. */
@FunctionalInterface
interface FrameArrival {
    /** A frame nobody waits for. */
    FrameArrival NOBODY = frame -> true;

    /** The frame arrives now: makes the last changes to it, and says whether it may go on to its receiver. */
    boolean arrives(ByteBuf frame);

    /** What a capture says beside it; null for nothing. */
    default @Nullable String comment() {
        return null;
    }
}
