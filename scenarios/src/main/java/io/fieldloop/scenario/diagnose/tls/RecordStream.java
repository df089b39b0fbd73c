package io.fieldloop.scenario.diagnose.tls;

import io.fieldloop.scenario.diagnose.capture.Octets;
import java.util.Arrays;

/** Cuts one direction into records; a record's bytes are only put together where somebody wants to read them. */
final class RecordStream {
    private static final int HEADER_BYTES = 5;
    private static final int RECORD_BYTES_MAX = (1 << 14) + 2048;
    private static final int TYPE_MIN = 20;
    private static final int TYPE_MAX = 24;

    private final Records records;
    private final byte[] header = new byte[HEADER_BYTES];
    private int headerBytes;
    private int left;
    private boolean wanted;
    private byte[] body = {};
    private int bodyBytes;
    private boolean over;

    /** What takes the records. */
    interface Records {
        /** A header was read; whether the body is wanted. */
        boolean begins(int type, int length);

        /** A wanted record is whole; {@code body} is lent. */
        void record(int type, int version, byte[] body, int length, long packet, long nanos);

        /** The bytes are no TLS; no more will be read. */
        void notTls(byte[] header, long packet, long nanos);
    }

    RecordStream(Records records) {
        this.records = records;
    }

    void bytes(byte[] bytes, int offset, int length, long packet, long nanos) {
        int at = offset;
        int end = offset + length;
        while (at < end && !over) {
            if (left > 0) {
                int part = Math.min(left, end - at);
                if (wanted) {
                    System.arraycopy(bytes, at, body, bodyBytes, part);
                    bodyBytes += part;
                }
                at += part;
                left -= part;
                if (left == 0) {
                    complete(packet, nanos);
                }
            } else {
                header[headerBytes++] = bytes[at++];
                if (headerBytes == HEADER_BYTES) {
                    begin(packet, nanos);
                } else {
                    over = headerBytes == 1 && !isType(header[0]);
                    if (over) {
                        records.notTls(Arrays.copyOfRange(bytes, at - 1, Math.min(end, at + 79)), packet, nanos);
                    }
                }
            }
        }
    }

    private void begin(long packet, long nanos) {
        headerBytes = 0;
        left = Octets.u16(header, 3);
        if (header[1] != 3 || left > RECORD_BYTES_MAX) {
            over = true;
            records.notTls(header.clone(), packet, nanos);
            return;
        }
        wanted = records.begins(header[0], left);
        bodyBytes = 0;
        if (wanted && body.length < left) {
            body = new byte[Math.max(left, 2048)];
        }
        if (left == 0) {
            complete(packet, nanos);
        }
    }

    private void complete(long packet, long nanos) {
        if (wanted) {
            records.record(header[0], Octets.u16(header, 1), body, bodyBytes, packet, nanos);
        }
    }

    private static boolean isType(int type) {
        return type >= TYPE_MIN && type <= TYPE_MAX;
    }

    int footprint() {
        return body.length;
    }

    /** Bytes are missing: where the next record begins is anyone's guess. */
    void stop() {
        over = true;
    }
}
