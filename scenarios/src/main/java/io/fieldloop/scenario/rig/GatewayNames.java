package io.fieldloop.scenario.rig;

import java.net.SocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The rig's name server and port map: which hosts lead to the gateway, and where its nominal ports really are. */
final class GatewayNames {
    private final Set<String> hosts = ConcurrentHashMap.newKeySet();
    private final Map<Integer, SocketAddress> byPort = new ConcurrentHashMap<>();

    GatewayNames() {
        hosts.add("gateway.test");
    }

    void add(String host) {
        hosts.add(host);
    }

    boolean knows(String host) {
        return hosts.contains(host);
    }

    void bind(Rig.NominalListener listener, SocketAddress bound) {
        byPort.put(listener.port(), bound);
    }

    /** Where {@code port} really is; {@code closed}, where nobody listens, for any port the gateway does not serve. */
    SocketAddress addressOf(int port, SocketAddress closed) {
        return byPort.getOrDefault(port, closed);
    }
}
