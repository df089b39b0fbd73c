package io.fieldloop.server.admin;

import io.fieldloop.server.connection.GatewayConfigException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;

/**
 * Where the admin listener is, and by which names it may be called.
 *
 * @param bindAddress on loopback; port 0 takes any free one
 * @param beyondLoopback whether another address is allowed all the same; there is no login, so whoever reaches it reads everything
 * @param hostNames values of the Host header that are answered besides those of loopback, in lower case and without port
 */
public record AdminConfig(InetSocketAddress bindAddress, boolean beyondLoopback, Set<String> hostNames) {
    public AdminConfig {
        hostNames = Set.copyOf(hostNames);
        if (bindAddress.isUnresolved()) {
            throw new GatewayConfigException("The admin listener cannot listen on " + bindAddress.getHostString()
                    + ": that is no address of this machine; use 127.0.0.1.");
        }
        if (!beyondLoopback && !bindAddress.getAddress().isLoopbackAddress()) {
            throw new GatewayConfigException("The admin listener has no login and will not listen on "
                    + bindAddress.getAddress().getHostAddress() + "; use 127.0.0.1, or allow it beyond loopback.");
        }
    }

    /** The usual place: 127.0.0.1, this port. */
    public static AdminConfig onLoopback(int port) {
        return new AdminConfig(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), false, Set.of());
    }
}
