package io.fieldloop.server.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/** What a refused client is told before its connection is closed, in the words of its protocol. */
public interface Answer {
    /** The number the record of the refusal names, such as the HTTP status. */
    @Nullable
    Integer status();

    ByteBuf encode(ByteBufAllocator allocator);
}
