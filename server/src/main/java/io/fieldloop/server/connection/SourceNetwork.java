package io.fieldloop.server.connection;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * What counts as one source: an IPv4 address, or an IPv6 network of 64 bits.
 *
 * <p>Whoever has one address of IPv6 has 2^64 of them (RFC 4291 section 2.5.1), and could begin every attempt from another.
 */
final class SourceNetwork {
    private static final int PREFIX_BYTES = 8;

    private SourceNetwork() {}

    static InetAddress of(InetAddress address) {
        return address instanceof Inet6Address
                ? Cidr.address(Arrays.copyOf(Arrays.copyOf(address.getAddress(), PREFIX_BYTES), 16))
                : address;
    }
}
