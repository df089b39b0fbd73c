package io.fieldloop.server.tls;

import io.fieldloop.server.fault.TlsFault.HandshakeMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;

/**
 * Lets the gateway's handshake pass up to one message, and does there what a fault says.
 *
 * <p>It reads the records on their way out, so it works with any engine. A record that holds the message among others is
 * sent with what comes before it.
 */
final class HandshakeFaultHandler extends ChannelOutboundHandlerAdapter {
    private static final int CHANGE_CIPHER_SPEC = 20;

    private final HandshakeMessage at;
    private final Consumer<ChannelHandlerContext> action;
    private final OutboundRecords records = new OutboundRecords();
    /** Bytes of a handshake message that go on in the next record. */
    private int messageBytesLeft;

    private boolean encrypted;
    private boolean acted;

    /** @param action what is done in place of that message */
    HandshakeFaultHandler(HandshakeMessage at, Consumer<ChannelHandlerContext> action) {
        this.at = at;
        this.action = action;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf bytes)) {
            ctx.write(message, promise);
            return;
        }
        if (acted) {
            ReferenceCountUtil.release(bytes);
            promise.trySuccess();
            return;
        }
        records.add(ctx.alloc(), bytes);
        ByteBuf passed = ctx.alloc().buffer();
        for (ByteBuf record = records.poll(); record != null; record = records.poll()) {
            pass(record, passed);
            if (acted) {
                break;
            }
        }
        ChannelFuture written = ctx.write(passed, promise);
        if (acted) {
            ctx.flush();
            written.addListener(done -> action.accept(ctx));
        }
    }

    private void pass(ByteBuf record, ByteBuf passed) {
        int type = record.getUnsignedByte(record.readerIndex());
        if (type == FirstFlight.RECORD_HANDSHAKE && !encrypted) {
            passMessages(record, passed);
            return;
        }
        boolean wanted = type == CHANGE_CIPHER_SPEC
                ? at == HandshakeMessage.CHANGE_CIPHER_SPEC
                : type == FirstFlight.RECORD_HANDSHAKE && at == HandshakeMessage.FINISHED;
        encrypted |= type == CHANGE_CIPHER_SPEC;
        if (wanted) {
            acted = true;
        } else {
            passed.writeBytes(record);
        }
    }

    private void passMessages(ByteBuf record, ByteBuf passed) {
        ByteBuf content = record.slice(
                record.readerIndex() + FirstFlight.RECORD_HEADER_BYTES,
                record.readableBytes() - FirstFlight.RECORD_HEADER_BYTES);
        int kept = Math.min(messageBytesLeft, content.readableBytes());
        messageBytesLeft -= kept;
        while (kept + FirstFlight.HANDSHAKE_HEADER_BYTES <= content.readableBytes()) {
            if (content.getUnsignedByte(kept) == number(at)) {
                acted = true;
                break;
            }
            int whole = FirstFlight.HANDSHAKE_HEADER_BYTES + content.getUnsignedMedium(kept + 1);
            int here = Math.min(whole, content.readableBytes() - kept);
            messageBytesLeft = whole - here;
            kept += here;
        }
        if (!acted) {
            passed.writeBytes(record);
        } else if (kept > 0) {
            passed.writeBytes(record, record.readerIndex(), 3).writeShort(kept).writeBytes(content, 0, kept);
        }
    }

    /** RFC 5246 7.4; what is no handshake message has no number there. */
    private static int number(HandshakeMessage message) {
        return switch (message) {
            case SERVER_HELLO -> 2;
            case CERTIFICATE -> 11;
            case SERVER_KEY_EXCHANGE -> 12;
            case SERVER_HELLO_DONE -> 14;
            case CHANGE_CIPHER_SPEC, FINISHED -> -1;
        };
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        records.release();
    }
}
