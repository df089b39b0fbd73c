package io.fieldloop.server.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records in what an engine writes.
 *
 * <p>A write need not end where a record does: BoringSSL's handler hands out a flight in buffers of its own size.
 */
final class OutboundRecords {
    private ByteBuf unsent = Unpooled.EMPTY_BUFFER;

    /** Takes over {@code written}. */
    void add(ByteBufAllocator allocator, ByteBuf written) {
        unsent = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, unsent, written);
    }

    /** The next whole record with its header, good until the next call of any method here; null if there is none yet. */
    @Nullable
    ByteBuf poll() {
        int readable = unsent.readableBytes();
        if (readable >= FirstFlight.RECORD_HEADER_BYTES) {
            int whole = FirstFlight.RECORD_HEADER_BYTES + unsent.getUnsignedShort(unsent.readerIndex() + 3);
            if (readable >= whole) {
                return unsent.readSlice(whole);
            }
        } else if (readable == 0) {
            release();
        }
        return null;
    }

    void release() {
        unsent.release();
        unsent = Unpooled.EMPTY_BUFFER;
    }
}
