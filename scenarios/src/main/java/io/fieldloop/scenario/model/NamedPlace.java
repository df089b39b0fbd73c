package io.fieldloop.scenario.model;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/** Where a record of the name server leads; the addresses are those that documentation is to use (RFC 5737, RFC 3849). */
public enum NamedPlace {
    GATEWAY(10),
    /** A machine that answers, and serves nothing. */
    CLOSED(20),
    /** The login page of a hotel's or a train's network, at every port. */
    PORTAL(30),
    /** Nothing answers there. */
    NOWHERE(40);

    /** Where NAT64 puts IPv4 addresses (RFC 6052 section 2.1). */
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    private final InetAddress v4;
    private final InetAddress v6;

    NamedPlace(int host) {
        v4 = NetUtil.createInetAddressFromIpAddressString("192.0.2." + host);
        v6 = NetUtil.createInetAddressFromIpAddressString("2001:db8::" + host);
    }

    /** Its address of that family. */
    public InetAddress address(boolean sixth) {
        return sixth ? v6 : v4;
    }

    /** What its IPv4 address is behind NAT64's prefix. */
    public InetAddress behindNat64() {
        byte[] octets = Arrays.copyOf(NAT64, NAT64.length + 4);
        System.arraycopy(v4.getAddress(), 0, octets, NAT64.length, 4);
        return NetUtil.createInetAddressFromIpAddressString(NetUtil.bytesToIpAddress(octets));
    }

    /** What is there; an address behind NAT64's prefix is the IPv4 address in it, and one that is nobody's is nowhere. */
    public static NamedPlace at(InetAddress address) {
        InetAddress real = isNat64(address)
                ? NetUtil.createInetAddressFromIpAddressString(NetUtil.bytesToIpAddress(address.getAddress(), 12, 4))
                : address;
        return Arrays.stream(values())
                .filter(place -> place.v4.equals(real) || place.v6.equals(real))
                .findFirst()
                .orElse(NOWHERE);
    }

    /** Whether its packets arrive at the far side as IPv6. */
    public static boolean arrivesAsIpv6(InetAddress address) {
        return address instanceof Inet6Address && !isNat64(address);
    }

    private static boolean isNat64(InetAddress address) {
        return !(address instanceof Inet4Address)
                && Arrays.equals(address.getAddress(), 0, NAT64.length, NAT64, 0, NAT64.length);
    }
}
