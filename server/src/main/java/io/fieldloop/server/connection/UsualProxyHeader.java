package io.fieldloop.server.connection;

import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * PROXY protocol headers as fronts send them, read where they lie: whole, for TCP over either family.
 *
 * <p>What is anything else, a wrong one above all, is left to Netty's decoder, which costs two handlers and several copies.
 */
final class UsualProxyHeader {
    private static final int V2_BYTES = 16;
    private static final int V2_PROXY = 0x21;
    private static final int V2_TCP4 = 0x11;
    private static final int V2_TCP6 = 0x21;
    private static final int PORTS_BYTES = 4;
    private static final int V1_BYTES_MAX = 107;
    private static final int PORT_MAX = 0xFFFF;

    private UsualProxyHeader() {}

    /** Takes the header out and returns the source's address; where it is not a usual one, takes nothing and returns null. */
    static byte @Nullable [] take(ByteBuf in, boolean binary) {
        return binary ? takeBinary(in) : takeLine(in);
    }

    private static byte @Nullable [] takeBinary(ByteBuf in) {
        int at = in.readerIndex();
        if (in.readableBytes() < V2_BYTES || in.getUnsignedByte(at + 12) != V2_PROXY) {
            return null;
        }
        int addressBytes = switch (in.getUnsignedByte(at + 13)) {
            case V2_TCP4 -> 4;
            case V2_TCP6 -> 16;
            default -> 0;
        };
        int more = in.getUnsignedShort(at + 14);
        if (addressBytes == 0 || more < 2 * addressBytes + PORTS_BYTES || in.readableBytes() < V2_BYTES + more) {
            return null;
        }
        byte[] source = new byte[addressBytes];
        in.getBytes(at + V2_BYTES, source);
        in.skipBytes(V2_BYTES + more);
        return source;
    }

    private static byte @Nullable [] takeLine(ByteBuf in) {
        int length = in.bytesBefore(Math.min(in.readableBytes(), V1_BYTES_MAX), (byte) '\n');
        if (length < 1 || in.getByte(in.readerIndex() + length - 1) != '\r') {
            return null;
        }
        String line = in.toString(in.readerIndex(), length - 1, StandardCharsets.US_ASCII);
        String[] words = line.split(" ", -1);
        boolean usual = words.length == 6 && isPort(words[4]) && isPort(words[5]);
        byte[] source = usual ? address(words[1], words[2], words[3]) : null;
        if (source != null) {
            in.skipBytes(length + 1);
        }
        return source;
    }

    private static byte @Nullable [] address(String family, String source, String destination) {
        boolean fits = switch (family) {
            case "TCP4" -> NetUtil.isValidIpV4Address(source) && NetUtil.isValidIpV4Address(destination);
            case "TCP6" -> NetUtil.isValidIpV6Address(source) && NetUtil.isValidIpV6Address(destination);
            default -> false;
        };
        return fits ? NetUtil.createByteArrayFromIpAddressString(source) : null;
    }

    private static boolean isPort(String word) {
        return !word.isEmpty()
                && word.length() <= 5
                && word.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                && Integer.parseInt(word) <= PORT_MAX;
    }
}
