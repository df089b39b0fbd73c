package io.fieldloop.qemu.link.packet;

import io.netty.buffer.ByteBuf;

/** Completes headers: lengths, and the checksums of an IP packet and of what is in it. */
final class Headers {
    private static final int IP = Frame.ETHERNET_BYTES;
    private static final int TIME_TO_LIVE = 64;

    private Headers() {}

    /** The header of a packet from one address to another; its length comes last. */
    static void write(ByteBuf frame, IpAddress source, IpAddress destination, int protocol) {
        if (source.isV4()) {
            // Version 4 with five words of header, no service class; length, no identification, no fragments.
            frame.writeShort(Frame.TYPE_IPV4).writeInt(0x4500 << 16).writeInt(0);
            frame.writeByte(TIME_TO_LIVE).writeByte(protocol).writeShort(0);
        } else {
            frame.writeShort(Frame.TYPE_IPV6).writeInt(6 << 28).writeShort(0);
            frame.writeByte(protocol).writeByte(TIME_TO_LIVE);
        }
        frame.writeBytes(source.bytes()).writeBytes(destination.bytes());
    }

    private static boolean isIpv6(ByteBuf bytes) {
        return bytes.getUnsignedByte(IP) >> 4 == 6;
    }

    /** How far the packet goes. */
    static void setLength(ByteBuf bytes, int end) {
        if (isIpv6(bytes)) {
            bytes.setShort(IP + 4, end - IP - Frame.IPV6_BYTES);
        } else {
            bytes.setShort(IP + 2, end - IP);
        }
    }

    /** Computes the checksums of a packet with a TCP segment anew, which goes from {@code transport} to {@code end}. */
    static void seal(ByteBuf bytes, int transport, int end) {
        sealAddresses(bytes, transport);
        seal(bytes, transport, end, Frame.PROTOCOL_TCP, transport + TcpSegment.CHECKSUM_OFFSET);
    }

    /** The same of one with a datagram, which in IPv4 goes without a checksum of its own (RFC 768). */
    static void sealDatagram(ByteBuf bytes, int transport, int end) {
        sealAddresses(bytes, transport);
        if (isIpv6(bytes)) {
            seal(bytes, transport, end, Frame.PROTOCOL_UDP, transport + Frame.UDP_CHECKSUM_OFFSET);
        }
    }

    private static void sealAddresses(ByteBuf bytes, int transport) {
        if (!isIpv6(bytes)) {
            bytes.setShort(IP + 10, 0);
            bytes.setShort(IP + 10, InternetChecksum.of(bytes, IP, transport - IP, 0));
        }
    }

    private static void seal(ByteBuf bytes, int transport, int end, int protocol, int checksum) {
        int sum = protocol + end - transport;
        int addresses = IP + (isIpv6(bytes) ? 8 : 12);
        int addressBytes = isIpv6(bytes) ? 32 : 8;
        for (int at = addresses; at < addresses + addressBytes; at += 2) {
            sum += bytes.getUnsignedShort(at);
        }
        bytes.setShort(checksum, 0);
        int sealed = InternetChecksum.of(bytes, transport, end - transport, sum);
        bytes.setShort(checksum, sealed == 0 && protocol == Frame.PROTOCOL_UDP ? 0xffff : sealed);
    }
}
