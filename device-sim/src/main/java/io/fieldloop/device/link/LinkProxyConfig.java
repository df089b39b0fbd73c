package io.fieldloop.device.link;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link LinkProxy} listens and where it leads.
 *
 * @param bindAddress the front; port 0 takes a free one
 * @param sourceAddress the loopback address the backend sees as the peer; null leaves it to the system
 */
public record LinkProxyConfig(
        InetSocketAddress bindAddress,
        InetSocketAddress backend,
        @Nullable InetAddress sourceAddress) {
    /** Listens on a free port of the loopback address. */
    public static LinkProxyConfig to(InetSocketAddress backend) {
        return new LinkProxyConfig(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), backend, null);
    }

    public LinkProxyConfig withSourceAddress(@Nullable InetAddress value) {
        return new LinkProxyConfig(bindAddress, backend, value);
    }
}
