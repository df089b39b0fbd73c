package io.fieldloop.scenario.diagnose.capture;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** An IP address that can be filled in again and again. */
public final class Address {
    private static final long MAPPED = 0x0000_FFFF_0000_0000L;

    private long high;
    private long low;

    void v4(int address) {
        high = 0;
        low = MAPPED | Integer.toUnsignedLong(address);
    }

    void v6(byte[] bytes, int at) {
        high = Octets.i64(bytes, at);
        low = Octets.i64(bytes, at + 8);
    }

    public long high() {
        return high;
    }

    public long low() {
        return low;
    }

    /** As people write the address of these two halves; IPv4 is kept as IPv6 maps it. */
    public static String text(long high, long low) {
        try {
            return NetUtil.toAddressString(InetAddress.getByAddress(
                    ByteBuffer.allocate(16).putLong(high).putLong(low).array()));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("sixteen bytes are an address", e);
        }
    }
}
