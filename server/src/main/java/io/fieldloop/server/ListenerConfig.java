package io.fieldloop.server;

import io.fieldloop.server.tls.TlsConfig;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One port of a gateway.
 *
 * @param name what events call it, such as {@code ws} or {@code wss}
 * @param tls how it speaks TLS, or null for a plain port
 */
public record ListenerConfig(
        String name, SocketAddress bindAddress, @Nullable TlsConfig tls) {
    public static ListenerConfig plain(String name, SocketAddress bindAddress) {
        return new ListenerConfig(name, bindAddress, null);
    }

    public static ListenerConfig secure(String name, SocketAddress bindAddress, TlsConfig tls) {
        return new ListenerConfig(name, bindAddress, tls);
    }
}
