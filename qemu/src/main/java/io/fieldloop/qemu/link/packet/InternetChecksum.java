package io.fieldloop.qemu.link.packet;

import io.netty.buffer.ByteBuf;

/** The checksum of IPv4, TCP and UDP (RFC 1071), whole or as an update (RFC 1624). */
public final class InternetChecksum {
    private InternetChecksum() {}

    /** The checksum of {@code length} bytes, on top of a {@code sum} of 16-bit words that count too. */
    public static int of(ByteBuf bytes, int offset, int length, int sum) {
        long total = sum;
        int end = offset + length;
        int even = offset + (length & ~1);
        for (int at = offset; at < even; at += 2) {
            total += bytes.getUnsignedShort(at);
        }
        if (even < end) {
            total += (long) bytes.getUnsignedByte(even) << 8;
        }
        return ~fold(total) & 0xffff;
    }

    /** The checksum after one of its 16-bit words changed: RFC 1624, equation 3. */
    public static int updated(int checksum, int oldWord, int newWord) {
        return ~fold((~checksum & 0xffff) + (~oldWord & 0xffff) + (long) newWord) & 0xffff;
    }

    private static int fold(long sum) {
        long folded = sum;
        while (folded >> 16 != 0) {
            folded = (folded & 0xffff) + (folded >> 16);
        }
        return (int) folded;
    }
}
