package io.fieldloop.scenario.rig.name;

import io.fieldloop.scenario.rig.Rig;
import io.netty.util.NetUtil;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The rig's name server and port map: which hosts lead to the gateway, and where its nominal ports really are. */
public final class GatewayNames {
    public static final String DOMAIN = "gateway.test";

    /** Ports that lead to a listener beside its own: a port mapping for who has no 443, and the port of a ws:// URL without one. */
    private static final Map<Integer, Integer> MAPPED =
            Map.of(Rig.WSS_MAPPED_PORT, Rig.WSS.port(), Rig.WS_DEFAULT_PORT, Rig.WS.port());

    private final Set<String> hosts = ConcurrentHashMap.newKeySet();
    private final Map<Integer, SocketAddress> byPort = new ConcurrentHashMap<>();

    public void add(String host) {
        hosts.add(host);
    }

    /** {@code gateway.test} and all names below it resolve, whoever they were given to, like a wildcard record. */
    public boolean knows(String host) {
        return host.equals(DOMAIN) || host.endsWith("." + DOMAIN) || hosts.contains(host);
    }

    /** Whether a datagram gets an address to go to: a name that resolves, or a number, which leads nowhere unless it is the gateway's. */
    public boolean resolves(String host) {
        return knows(host) || NetUtil.isValidIpV4Address(host);
    }

    /** Where datagrams for that place really go; {@code nobody}, who answers nothing, for any but the gateway. */
    public SocketAddress addressOf(String host, int port, SocketAddress nobody) {
        return knows(host) ? addressOf(port, nobody) : nobody;
    }

    public void bind(Rig.NominalListener listener, SocketAddress bound) {
        byPort.put(listener.port(), bound);
    }

    /** The nominal port of where the gateway really is; {@code other} for any other place. */
    public int portOf(SocketAddress place, int other) {
        return byPort.entrySet().stream()
                .filter(entry -> entry.getValue().equals(place))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(other);
    }

    /** Where {@code port} really is; {@code closed}, where nobody listens, for any port the gateway does not serve. */
    public SocketAddress addressOf(int port, SocketAddress closed) {
        return byPort.getOrDefault(MAPPED.getOrDefault(port, port), closed);
    }
}
