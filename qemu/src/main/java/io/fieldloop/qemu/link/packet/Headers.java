package io.fieldloop.qemu.link.packet;

import io.netty.buffer.ByteBuf;

/** Completes headers: the checksums of an IPv4 packet and of the TCP segment in it. */
final class Headers {
    private static final int IP = Frame.ETHERNET_BYTES;

    private Headers() {}

    /** Computes both checksums anew; the segment goes from {@code transport} to {@code end}. */
    static void seal(ByteBuf bytes, int transport, int end) {
        bytes.setShort(IP + 10, 0);
        bytes.setShort(IP + 10, InternetChecksum.of(bytes, IP, transport - IP, 0));
        int checksum = transport + TcpSegment.CHECKSUM_OFFSET;
        bytes.setShort(checksum, 0);
        bytes.setShort(
                checksum, InternetChecksum.of(bytes, transport, end - transport, pseudoHeader(bytes, end - transport)));
    }

    private static int pseudoHeader(ByteBuf bytes, int segmentBytes) {
        int sum = Frame.PROTOCOL_TCP + segmentBytes;
        for (int at = IP + 12; at < IP + 20; at += 2) {
            sum += bytes.getUnsignedShort(at);
        }
        return sum;
    }
}
