package io.fieldloop.device.tls;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads the record headers of what arrives and finds what mbedTLS would not even try to process.
 *
 * <p>That is: bytes that are no TLS record ({@code ssl_parse_record_header}), a record longer than the input buffer,
 * and, for older versions, a
 * handshake message that does not end in the record it began in. mbedTLS sends no alert for any of these.
 */
public final class RecordInspector {

    private static final int HEADER_BYTES = 5;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;
    private static final int MAJOR_VERSION = 3;

    private final HeapBudget heap;
    private final @Nullable HandshakeMessages messages;

    private final byte[] header = new byte[HEADER_BYTES];
    private int headerBytes;
    private int bodyBytesLeft;

    private boolean encrypted;
    private @Nullable TlsFailure failure;

    /**
     * Looks at records that have room in there.
     *
     * @param joinsFragments whether a handshake message may span records
     */
    public RecordInspector(HeapBudget heap, boolean joinsFragments) {
        this.heap = heap;
        this.messages = joinsFragments ? null : new HandshakeMessages(false, heap.inBytesMax());
    }

    /** What was found wrong after the bytes that {@link #accept} let pass. */
    @Nullable
    TlsFailure failure() {
        return failure;
    }

    /** Whether a handshake message did not end in the record it began in. */
    public boolean isFragmented() {
        return TlsFailure.FRAGMENTED.equals(failure) || TlsFailure.HEADER_CUT.equals(failure);
    }

    /**
     * How many of the readable bytes may be processed; reads nothing.
     *
     * <p>All of them, unless there is a failure: then the byte that completed the bad header or record is held back, so
     * that nobody acts on it.
     */
    public int accept(ByteBuf in) {
        int at = in.readerIndex();
        int end = in.writerIndex();
        while (at < end && failure == null) {
            if (bodyBytesLeft > 0) {
                int part = Math.min(bodyBytesLeft, end - at);
                body(in, at, part);
                at += part;
            } else {
                header[headerBytes++] = in.getByte(at++);
                if (headerBytes == HEADER_BYTES) {
                    headerBytes = 0;
                    header();
                }
            }
        }
        return at - in.readerIndex() - (failure == null ? 0 : 1);
    }

    private void header() {
        int type = header[0];
        int length = (header[3] & 0xFF) << 8 | (header[4] & 0xFF);
        if (type < CHANGE_CIPHER_SPEC || type > APPLICATION_DATA || header[1] != MAJOR_VERSION) {
            failure = TlsFailure.NOT_TLS;
        } else if (length > heap.inBytesMax()) {
            failure = heap.tooLong();
        }
        encrypted |= type == CHANGE_CIPHER_SPEC;
        bodyBytesLeft = length;
    }

    private void body(ByteBuf in, int at, int bytes) {
        bodyBytesLeft -= bytes;
        if (messages == null || encrypted || header[0] != HANDSHAKE) {
            return;
        }
        for (int index = at; index < at + bytes; index++) {
            messages.add(in.getByte(index));
        }
        if (bodyBytesLeft == 0) {
            failure = messages.recordEnds();
        }
    }
}
