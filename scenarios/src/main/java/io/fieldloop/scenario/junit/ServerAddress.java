package io.fieldloop.scenario.junit;

import io.fieldloop.scenario.rig.ForeignGateway;
import io.fieldloop.scenario.rig.Rig;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Where a server of a test is. */
record ServerAddress(String scheme, String host, int port, String path) {
    private static final Map<String, Integer> USUAL_PORTS = Map.of("ws", 80, "wss", 443, "mqtt", 1883, "mqtts", 8883);

    /** @throws IllegalArgumentException in one sentence, for a text that is no such URL */
    static ServerAddress of(String url) {
        URI uri = URI.create(url);
        Integer usual = USUAL_PORTS.get(Objects.requireNonNullElse(uri.getScheme(), ""));
        if (uri.getHost() == null || usual == null) {
            throw new IllegalArgumentException("'" + url
                    + "' is no place for a device; expected ws://HOST:PORT/PATH, wss://HOST:PORT/PATH, mqtt://HOST:PORT"
                    + " or mqtts://HOST:PORT.");
        }
        return new ServerAddress(
                uri.getScheme(), uri.getHost(), uri.getPort() < 0 ? usual : uri.getPort(), uri.getRawPath());
    }

    String url() {
        return scheme + "://" + host + ":" + port + path;
    }

    /** The same server behind something that listens on another port of this machine. */
    ServerAddress behind(int otherPort) {
        return new ServerAddress(scheme, "localhost", otherPort, path);
    }

    InetSocketAddress resolved() {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new IllegalArgumentException(
                    "The name " + host + " in " + url() + " does not resolve; expected a host of this network.");
        }
        return address;
    }

    ForeignGateway asGateway(List<X509Certificate> roots) {
        if (scheme.startsWith("mqtt")) {
            throw new IllegalArgumentException(url()
                    + " is a broker, which devices of a test do not reach; expected ws:// or wss://, or `fieldloop"
                    + " run --against " + url() + "`.");
        }
        ForeignGateway.Listener listener = new ForeignGateway.Listener(host, port, resolved(), path);
        return new ForeignGateway(Map.of(scheme.equals("wss") ? Rig.WSS : Rig.WS, listener), roots, null, null);
    }
}
