package io.fieldloop.device.tls;

import org.jspecify.annotations.Nullable;

/**
 * Follows the handshake messages through the records that carry them, and finds what mbedTLS does not read.
 *
 * <p>No alert is sent for any of it: the error is one of the record layer.
 */
final class HandshakeMessages {
    private static final int HEADER_BYTES = 4;
    private static final int LENGTH_MASK = 0xFF_FFFF;

    private final boolean joined;
    private final int bytesMax;

    private int header;
    private int headerBytes;
    private int bodyBytesLeft;
    private boolean tooLong;

    /**
     * The messages of one connection.
     *
     * @param joined whether one may span records
     * @param bytesMax what one may have then
     */
    HandshakeMessages(boolean joined, int bytesMax) {
        this.joined = joined;
        this.bytesMax = bytesMax;
    }

    void add(byte next) {
        if (bodyBytesLeft > 0) {
            bodyBytesLeft--;
            return;
        }
        header = header << Byte.SIZE | (next & 0xFF);
        headerBytes++;
        if (headerBytes == HEADER_BYTES) {
            headerBytes = 0;
            bodyBytesLeft = header & LENGTH_MASK;
            tooLong = HEADER_BYTES + bodyBytesLeft > bytesMax;
        }
    }

    /** What is wrong with the record that ends here. */
    @Nullable
    TlsFailure recordEnds() {
        if (headerBytes > 0) {
            return TlsFailure.HEADER_CUT;
        }
        if (bodyBytesLeft == 0) {
            return null;
        }
        if (!joined) {
            return TlsFailure.FRAGMENTED;
        }
        return tooLong ? TlsFailure.NO_ROOM : null;
    }
}
