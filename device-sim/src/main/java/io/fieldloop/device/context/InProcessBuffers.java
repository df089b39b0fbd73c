package io.fieldloop.device.context;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;

/**
 * Where channels that end in this process get their buffers: on the heap, where the garbage collector takes back one that leaked.
 *
 * <p>Netty looks for leaks by taking the stack of every 128th buffer, which is a fourteenth of what a conversation in virtual time costs;
 * here it does so only where somebody has asked for more than that ({@code io.netty.leakDetection.level}), as our tests do.
 */
public final class InProcessBuffers {
    private static final ByteBufAllocator UNWATCHED = new UnpooledByteBufAllocator(false, true);
    private static final ByteBufAllocator WATCHED = new UnpooledByteBufAllocator(false, false);

    private InProcessBuffers() {}

    public static ByteBufAllocator allocator() {
        return ResourceLeakDetector.getLevel().compareTo(Level.SIMPLE) > 0 ? WATCHED : UNWATCHED;
    }
}
