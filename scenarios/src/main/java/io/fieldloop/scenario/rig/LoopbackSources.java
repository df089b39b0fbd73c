package io.fieldloop.scenario.rig;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Gives every device of a scenario a loopback address of its own, so that limits per source see it as one source. */
public final class LoopbackSources {
    private static final int DEVICES_NETWORK = 16;

    private LoopbackSources() {}

    /** The address of the device with this ordinal, from 0: 127.16.0.1 and up. */
    public static InetAddress ofDevice(int ordinal) {
        return of(DEVICES_NETWORK, ordinal);
    }

    /** What the far side sees of that device where it comes by IPv6: an address in a /64 of its own, as customers of a provider have. */
    public static InetAddress sixth(InetAddress device) {
        byte[] octets = new byte[16];
        System.arraycopy(new byte[] {0x20, 0x01, 0x0d, (byte) 0xb8}, 0, octets, 0, 4);
        System.arraycopy(device.getAddress(), 0, octets, 4, 4);
        octets[15] = 1;
        return address(octets);
    }

    private static InetAddress of(int network, int ordinal) {
        int host = ordinal + 1;
        return address((byte) 127, (byte) network, (byte) (host >> 8), (byte) host);
    }

    /** An address literal; never a name, so nothing is looked up. */
    public static InetAddress parse(String literal) {
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(literal);
        if (octets == null) {
            throw new IllegalArgumentException("'" + literal + "' is no IP address.");
        }
        return address(octets);
    }

    private static InetAddress address(byte... octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("4 or 16 octets are an address", impossible);
        }
    }
}
