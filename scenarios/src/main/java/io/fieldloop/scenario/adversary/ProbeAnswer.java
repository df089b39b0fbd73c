package io.fieldloop.scenario.adversary;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps the first bytes the gateway sent and says in a word what they were. */
final class ProbeAnswer {
    private static final int BYTES_KEPT = 48;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?s:.*)");
    /** RFC 8446 section 5.1 and 6: content type 21, two bytes of version, length 2, level, description. */
    private static final int TLS_ALERT = 21;

    private static final int ALERT_RECORD_BYTES = 7;
    private static final int TLS_HANDSHAKE = 22;
    private static final int SERVER_HELLO = 2;

    private final byte[] first = new byte[BYTES_KEPT];
    private int kept;
    private long received;

    /** Takes note of the bytes; the caller still owns {@code bytes}. */
    void add(ByteBuf bytes) {
        int room = Math.min(BYTES_KEPT - kept, bytes.readableBytes());
        bytes.getBytes(bytes.readerIndex(), first, kept, room);
        kept += room;
        received += bytes.readableBytes();
    }

    boolean isNothing() {
        return received == 0;
    }

    /** {@code nothing}, an HTTP status, {@code alert N}, {@code server-hello}, or the first bytes as safe text. */
    String inWords() {
        if (isNothing()) {
            return "nothing";
        }
        if (kept >= ALERT_RECORD_BYTES && first[0] == TLS_ALERT && first[1] == 3 && first[3] == 0 && first[4] == 2) {
            return "alert " + (first[6] & 0xFF);
        }
        if (kept >= ALERT_RECORD_BYTES && first[0] == TLS_HANDSHAKE && first[1] == 3 && first[5] == SERVER_HELLO) {
            return "server-hello";
        }
        Matcher status = STATUS_LINE.matcher(new String(first, 0, kept, StandardCharsets.ISO_8859_1));
        return status.matches() ? status.group(1) : SafeText.of(first, kept);
    }
}
