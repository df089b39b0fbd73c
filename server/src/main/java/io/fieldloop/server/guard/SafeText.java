package io.fieldloop.server.guard;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Makes bytes of strangers fit for logs, reports and web pages: printable ASCII stays, the rest becomes {@code \xNN}. */
public final class SafeText {
    private static final int LENGTH_MAX = 96;

    private SafeText() {}

    /** The readable bytes of the buffer, which keeps its position. */
    public static String of(ByteBuf bytes) {
        int length = Math.min(bytes.readableBytes(), LENGTH_MAX);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            append(text, bytes.getByte(bytes.readerIndex() + i) & 0xff);
        }
        return bytes.readableBytes() > length ? text.append("...").toString() : text.toString();
    }

    public static String of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < Math.min(bytes.length, LENGTH_MAX); i++) {
            append(safe, bytes[i] & 0xff);
        }
        return bytes.length > LENGTH_MAX ? safe.append("...").toString() : safe.toString();
    }

    private static void append(StringBuilder text, int octet) {
        if (octet >= 0x20 && octet < 0x7f && octet != '\\') {
            text.append((char) octet);
        } else {
            text.append("\\x").append(HexFormat.of().toHexDigits((byte) octet));
        }
    }
}
