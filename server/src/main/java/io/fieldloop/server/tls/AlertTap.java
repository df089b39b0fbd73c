package io.fieldloop.server.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import org.bouncycastle.tls.AlertDescription;
import org.jspecify.annotations.Nullable;

/**
 * Watches the records of a handshake on their way to and from an engine that is vague about alerts.
 *
 * <p>An alert in plain text inside a TLS 1.3 handshake, which OpenSSL's client sends when it rejects a certificate, breaks BoringSSL's
 * decryption, so its number is to be had only here.
 */
final class AlertTap extends ChannelDuplexHandler {
    private static final int HANDSHAKE_SERVER_HELLO = 2;

    private final RecordWalk inbound = new RecordWalk();
    private final RecordWalk outbound = new RecordWalk();

    /** Number of the alert by which the client ended the handshake, as far as it was in plain text. */
    @Nullable
    Integer alertReceived() {
        return inbound.alert;
    }

    @Nullable
    Integer alertSent() {
        return outbound.alert;
    }

    /** Whether a ServerHello went out. */
    boolean answered() {
        return outbound.sawServerHello;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            inbound.walk(bytes);
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            outbound.walk(bytes);
        }
        ctx.write(message, promise);
    }

    /** Follows record boundaries through a byte stream that is cut anywhere, without keeping bytes. */
    private static final class RecordWalk {
        private int headerBytesSeen;
        private int type;
        private int length;
        private int contentBytesSeen;
        private int level;
        private boolean sawServerHello;
        private @Nullable Integer alert;

        void walk(ByteBuf bytes) {
            int index = bytes.readerIndex();
            while (index < bytes.writerIndex()) {
                if (headerBytesSeen < FirstFlight.RECORD_HEADER_BYTES) {
                    header(bytes.getUnsignedByte(index));
                    index++;
                } else {
                    index += content(bytes, index);
                }
            }
        }

        private void header(int value) {
            switch (headerBytesSeen) {
                case 0 -> type = value;
                case 3 -> length = value << 8;
                case 4 -> length |= value;
                default -> {
                    // The record's version tells nothing.
                }
            }
            headerBytesSeen++;
            contentBytesSeen = 0;
            if (headerBytesSeen == FirstFlight.RECORD_HEADER_BYTES && length == 0) {
                headerBytesSeen = 0;
            }
        }

        private int content(ByteBuf bytes, int index) {
            int value = bytes.getUnsignedByte(index);
            if (type == FirstFlight.RECORD_ALERT && length == 2) {
                alertByte(value);
                advance(1);
                return 1;
            }
            if (type == FirstFlight.RECORD_HANDSHAKE && contentBytesSeen == 0 && value == HANDSHAKE_SERVER_HELLO) {
                sawServerHello = true;
            }
            int here = Math.min(length - contentBytesSeen, bytes.writerIndex() - index);
            advance(here);
            return here;
        }

        private void alertByte(int value) {
            if (contentBytesSeen == 0) {
                level = value;
            } else if (level == 2
                    || value == AlertDescription.close_notify
                    || value == AlertDescription.user_canceled) {
                // Other warnings do not end a handshake.
                alert = value;
            }
        }

        private void advance(int count) {
            contentBytesSeen += count;
            if (contentBytesSeen == length) {
                headerBytesSeen = 0;
            }
        }
    }
}
