package io.fieldloop.server.connection;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Makes bytes of a peer safe for logs, reports and web pages: printable ASCII stays, the rest becomes {@code \xNN}. */
public final class SafeText {
    private static final int LENGTH_MAX = 96;

    /** A token is worth as much in a log as on the wire: what follows Authorization, in a header or a query, is left out. */
    private static final Pattern TOKEN =
            Pattern.compile("(?i)(authorization(?:=|:\\s*)(?:Bearer(?:%20|\\+|\\s+))?)[^&\\s\\\\]+");

    private SafeText() {}

    /** The readable bytes of the buffer, which keeps its position. */
    public static String of(ByteBuf bytes) {
        int length = Math.min(bytes.readableBytes(), LENGTH_MAX);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            append(text, bytes.getByte(bytes.readerIndex() + i) & 0xff);
        }
        return finished(text, bytes.readableBytes() > length);
    }

    public static String of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < Math.min(bytes.length, LENGTH_MAX); i++) {
            append(safe, bytes[i] & 0xff);
        }
        return finished(safe, bytes.length > LENGTH_MAX);
    }

    private static String finished(StringBuilder text, boolean cut) {
        String masked = TOKEN.matcher(text).replaceAll("$1***");
        return cut ? masked + "..." : masked;
    }

    private static void append(StringBuilder text, int octet) {
        if (octet >= 0x20 && octet < 0x7f && octet != '\\') {
            text.append((char) octet);
        } else {
            text.append("\\x").append(HexFormat.of().toHexDigits((byte) octet));
        }
    }
}
