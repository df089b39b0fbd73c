package io.fieldloop.server.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.bouncycastle.tls.AlertDescription;
import org.jspecify.annotations.Nullable;

/** What the first bytes of a connection turned out to be. */
sealed interface FirstFlight {
    /** More bytes are needed. */
    record Incomplete() implements FirstFlight {}

    record Complete(ClientHello hello) implements FirstFlight {}

    /** The client began with an alert, such as one that gives up on an earlier attempt. */
    record Alert(int number) implements FirstFlight {}

    /**
     * No ClientHello will come of it.
     *
     * @param alert what a TLS client is told before the connection is closed; null where no TLS client speaks
     */
    record NotTls(String text, @Nullable Integer alert) implements FirstFlight {}

    /** Far above any ClientHello seen in the field (post-quantum key shares make it 2 KB), so that nobody can fill memory with one. */
    int BYTES_MAX = 16 * 1024;

    int DECODE_ERROR = AlertDescription.decode_error;

    int RECORD_HEADER_BYTES = 5;
    int RECORD_ALERT = 21;
    int RECORD_HANDSHAKE = 22;
    int HANDSHAKE_HEADER_BYTES = 4;
    int HANDSHAKE_CLIENT_HELLO = 1;

    /** Looks at everything received so far, which may be cut anywhere and span several records, without consuming it. */
    static FirstFlight look(ByteBuf received) {
        ByteBuf records = received.duplicate();
        ByteBuf message = Unpooled.EMPTY_BUFFER;
        while (records.isReadable()) {
            int type = records.getUnsignedByte(records.readerIndex());
            if (type != RECORD_HANDSHAKE && type != RECORD_ALERT) {
                return new NotTls("The client sent bytes that are no TLS record.", null);
            }
            if (records.readableBytes() < RECORD_HEADER_BYTES) {
                return incomplete(received);
            }
            if (records.getUnsignedByte(records.readerIndex() + 1) != 3) {
                return new NotTls("The client sent a record of an unknown protocol version.", null);
            }
            int length = records.getUnsignedShort(records.readerIndex() + 3);
            if (records.readableBytes() < RECORD_HEADER_BYTES + length) {
                return length > BYTES_MAX
                        ? new NotTls("The client sent a record longer than TLS allows.", (int)
                                AlertDescription.record_overflow)
                        : incomplete(received);
            }
            ByteBuf content = records.skipBytes(RECORD_HEADER_BYTES).readSlice(length);
            if (type == RECORD_ALERT) {
                return length == 2
                        ? new Alert(content.getUnsignedByte(content.readerIndex() + 1))
                        : new NotTls("The client sent an alert of the wrong length.", DECODE_ERROR);
            }
            message = message.isReadable() ? Unpooled.wrappedUnmodifiableBuffer(message, content) : content;
            FirstFlight outcome = message(message.duplicate());
            if (!(outcome instanceof Incomplete)) {
                return outcome;
            }
        }
        return incomplete(received);
    }

    private static FirstFlight incomplete(ByteBuf received) {
        return received.readableBytes() > BYTES_MAX
                ? new NotTls("The client sent " + BYTES_MAX + " bytes that make no ClientHello.", DECODE_ERROR)
                : new Incomplete();
    }

    private static FirstFlight message(ByteBuf message) {
        if (message.readableBytes() < HANDSHAKE_HEADER_BYTES) {
            return new Incomplete();
        }
        if (message.readUnsignedByte() != HANDSHAKE_CLIENT_HELLO) {
            return new NotTls("The client began with another handshake message than a ClientHello.", (int)
                    AlertDescription.unexpected_message);
        }
        int length = message.readUnsignedMedium();
        if (length > BYTES_MAX) {
            return new NotTls("The client announced a ClientHello of " + length + " bytes.", DECODE_ERROR);
        }
        if (message.readableBytes() < length) {
            return new Incomplete();
        }
        try {
            return new Complete(ClientHello.parse(message.readSlice(length)));
        } catch (IndexOutOfBoundsException e) {
            return new NotTls("The client sent a ClientHello whose lengths do not add up.", DECODE_ERROR);
        }
    }
}
