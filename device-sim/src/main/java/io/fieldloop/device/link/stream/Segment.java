package io.fieldloop.device.link.stream;

import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** Something under way: a piece of data or a {@link Signal}. */
record Segment(Object content, int bytes, @Nullable ChannelPromise promise, int lost, long retransmissionNanos) {
    /** Gives up what it carries; its sender hears that the connection is closed. */
    void drop() {
        ReferenceCountUtil.release(content);
        if (promise != null) {
            promise.tryFailure(new ClosedChannelException());
        }
    }
}
