package io.fieldloop.qemu.link.packet;

import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * An address as frames have it, cheap to make and to look up.
 *
 * @param high the first half of an IPv6 address
 * @param low the second; IPv4 is kept as IPv6 maps it (RFC 4291 section 2.5.5.2)
 */
public record IpAddress(long high, long low) {
    private static final long MAPPED = 0xffffL << 32;
    private static final int V6_BYTES = 16;

    public static IpAddress v4(int address) {
        return new IpAddress(0, MAPPED | Integer.toUnsignedLong(address));
    }

    public static IpAddress of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet4Address ? v4(bytes.getInt()) : new IpAddress(bytes.getLong(), bytes.getLong());
    }

    static IpAddress at(ByteBuf bytes, int offset, boolean v6) {
        return v6 ? new IpAddress(bytes.getLong(offset), bytes.getLong(offset + 8)) : v4(bytes.getInt(offset));
    }

    public boolean isV4() {
        return high == 0 && low >>> 32 == MAPPED >>> 32;
    }

    /** Whether packets to it stay on the device's own link or go to several: broadcast, multicast, link-local. */
    public boolean isLocal() {
        return isV4()
                ? (int) low == 0xffff_ffff || (low >>> 28 & 0xf) == 0xe
                : high >>> 56 == 0xff || high >>> 54 == 0xfe80 >>> 6;
    }

    /** As bytes of a header. */
    byte[] bytes() {
        return isV4()
                ? ByteBuffer.allocate(Integer.BYTES).putInt((int) low).array()
                : ByteBuffer.allocate(V6_BYTES).putLong(high).putLong(low).array();
    }

    /** As people write it, with brackets around IPv6 where a port follows. */
    public String text(boolean beforePort) {
        String address = NetUtil.bytesToIpAddress(bytes());
        return beforePort && !isV4() ? "[" + address + "]" : address;
    }
}
