package io.fieldloop.server;

import io.fieldloop.server.tls.TlsConfig;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** One port of a gateway; its kind says what is spoken there. */
public sealed interface ListenerConfig {
    /** What events call it, such as {@code ws} or {@code wss}. */
    String name();

    SocketAddress bindAddress();

    /** How it speaks TLS, or null for a plain port. */
    @Nullable
    TlsConfig tls();

    /** A WebSocket port without TLS. */
    static ListenerConfig plain(String name, SocketAddress bindAddress) {
        return new WebSocket(name, bindAddress, null);
    }

    /** A WebSocket port inside TLS. */
    static ListenerConfig secure(String name, SocketAddress bindAddress, TlsConfig tls) {
        return new WebSocket(name, bindAddress, tls);
    }

    /** An OTA port without TLS. */
    static ListenerConfig ota(String name, SocketAddress bindAddress) {
        return new Ota(name, bindAddress, null);
    }

    /** Devices upgrade to a WebSocket here. */
    record WebSocket(
            String name,
            SocketAddress bindAddress,
            @Nullable TlsConfig tls) implements ListenerConfig {}

    /** Devices ask here at boot where to go, and fetch firmware. */
    record Ota(
            String name,
            SocketAddress bindAddress,
            @Nullable TlsConfig tls) implements ListenerConfig {}

    /** Devices speak MQTT here. */
    record Mqtt(
            String name,
            SocketAddress bindAddress,
            @Nullable TlsConfig tls) implements ListenerConfig {}

    /** Devices of the MQTT listeners send and hear audio in datagrams here; the first of several is the one that hellos name. */
    record Voice(String name, SocketAddress bindAddress) implements ListenerConfig {
        /** Its packets are encrypted by themselves. */
        @Override
        public @Nullable TlsConfig tls() {
            return null;
        }
    }
}
