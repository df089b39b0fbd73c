package io.fieldloop.scenario.probe.wire;

import io.fieldloop.device.tls.HeapBudget;
import io.fieldloop.device.tls.RecordInspector;
import io.netty.buffer.Unpooled;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Watches a stream: how it began, to tell what it speaks where that is not TLS, and how its handshake lies in records. */
final class FirstBytes extends FilterInputStream {
    private static final int KEPT = 80;
    private static final int ALERT = 0x15;
    private static final int HANDSHAKE = 0x16;

    private final byte[] kept = new byte[KEPT];
    private int length;

    /** As that of devices before mbedTLS 3.6.3: it stops where a message is cut. */
    private final RecordInspector records = new RecordInspector(HeapBudget.unlimited(), false);

    FirstBytes(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
        int read = in.read(buffer, offset, count);
        if (read > 0 && length < KEPT) {
            int copied = Math.min(read, KEPT - length);
            System.arraycopy(buffer, offset, kept, length, copied);
            length += copied;
        }
        if (read > 0) {
            records.accept(Unpooled.wrappedBuffer(buffer, offset, read));
        }
        return read;
    }

    /** Whether a handshake message did not end in the record it began in. */
    boolean splitsMessages() {
        return records.isFragmented();
    }

    /** Whether the other side has not said a byte. */
    boolean none() {
        return length == 0;
    }

    /** The first line of what came in place of TLS; nothing where TLS came, or nothing at all. */
    Optional<String> insteadOfTls() {
        if (none() || kept[0] == ALERT || kept[0] == HANDSHAKE) {
            return Optional.empty();
        }
        return new String(kept, 0, length, StandardCharsets.ISO_8859_1).lines().findFirst();
    }
}
