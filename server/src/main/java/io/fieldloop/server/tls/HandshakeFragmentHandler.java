package io.fieldloop.server.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Cuts each message of the gateway's handshake into records of a few bytes, as RFC 5246 6.2.1 allows.
 *
 * <p>A message begins a record of its own: no TLS library reads a record with less than the header of the message it begins.
 */
final class HandshakeFragmentHandler extends ChannelOutboundHandlerAdapter {
    private static final int CHANGE_CIPHER_SPEC = 20;

    private final int bytesMax;
    private final Runnable cut;
    private final OutboundRecords records = new OutboundRecords();
    /** Bytes of a handshake message that are still to be sent. */
    private int messageBytesLeft;

    private boolean encrypted;
    private boolean told;

    /** @param cut told once, of the first message that does not fit one record */
    HandshakeFragmentHandler(int bytesMax, Runnable cut) {
        this.bytesMax = bytesMax;
        this.cut = cut;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf bytes)) {
            ctx.write(message, promise);
            return;
        }
        records.add(ctx.alloc(), bytes);
        ByteBuf passed = ctx.alloc().buffer();
        for (ByteBuf record = records.poll(); record != null; record = records.poll()) {
            int type = record.getUnsignedByte(record.readerIndex());
            encrypted |= type == CHANGE_CIPHER_SPEC;
            if (encrypted || type != FirstFlight.RECORD_HANDSHAKE) {
                passed.writeBytes(record);
            } else {
                fragment(record, passed);
            }
        }
        ctx.write(passed, promise);
    }

    private void fragment(ByteBuf record, ByteBuf passed) {
        ByteBuf versionOfRecord = record.slice(record.readerIndex() + 1, 2);
        record.skipBytes(FirstFlight.RECORD_HEADER_BYTES);
        while (record.isReadable()) {
            if (messageBytesLeft == 0) {
                messageBytesLeft =
                        FirstFlight.HANDSHAKE_HEADER_BYTES + record.getUnsignedMedium(record.readerIndex() + 1);
            }
            int length = Math.min(Math.min(bytesMax, messageBytesLeft), record.readableBytes());
            messageBytesLeft -= length;
            passed.writeByte(FirstFlight.RECORD_HANDSHAKE)
                    .writeBytes(versionOfRecord.duplicate())
                    .writeShort(length)
                    .writeBytes(record, length);
            if (messageBytesLeft > 0 && !told) {
                told = true;
                cut.run();
            }
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        records.release();
    }
}
