package io.fieldloop.server.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Makes bytes of a peer safe for logs, reports and web pages: printable ASCII stays, the rest becomes {@code \xNN}. */
public final class SafeText {
    private static final int LENGTH_MAX = 96;

    private SafeText() {}

    /** The readable bytes of the buffer, which keeps its position. */
    public static String of(ByteBuf bytes) {
        int length = Math.min(bytes.readableBytes(), LENGTH_MAX);
        String beginning = bytes.toString(bytes.readerIndex(), length, StandardCharsets.ISO_8859_1);
        return escaped(beginning, bytes.readableBytes() > length);
    }

    /** As much of the readable bytes as {@link #of(ByteBuf)} shows, and one more where there is more. */
    static byte[] beginning(ByteBuf bytes) {
        int length = Math.min(bytes.readableBytes(), LENGTH_MAX + 1);
        return ByteBufUtil.getBytes(bytes, bytes.readerIndex(), length);
    }

    public static String of(String text) {
        return of(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String escaped(String octets, boolean cut) {
        StringBuilder text = new StringBuilder();
        Secrets.masked(octets).chars().forEach(octet -> append(text, octet));
        return cut ? text + "..." : text.toString();
    }

    private static void append(StringBuilder text, int octet) {
        if (octet >= 0x20 && octet < 0x7f && octet != '\\') {
            text.append((char) octet);
        } else {
            text.append("\\x").append(HexFormat.of().toHexDigits((byte) octet));
        }
    }
}
