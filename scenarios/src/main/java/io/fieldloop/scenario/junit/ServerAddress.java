package io.fieldloop.scenario.junit;

import io.fieldloop.scenario.rig.ForeignGateway;
import io.fieldloop.scenario.rig.Rig;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

/** Where a server of a test is. */
record ServerAddress(boolean tls, String host, int port, String path) {
    private static final int WSS_PORT = 443;
    private static final int WS_PORT = 80;

    /** @throws IllegalArgumentException in one sentence, for a text that is no such URL */
    static ServerAddress of(String url) {
        URI uri = URI.create(url);
        boolean tls = "wss".equals(uri.getScheme());
        if (uri.getHost() == null || (!tls && !"ws".equals(uri.getScheme()))) {
            throw new IllegalArgumentException(
                    "'" + url + "' is no place for a device; expected ws://HOST:PORT/PATH or wss://HOST:PORT/PATH.");
        }
        int usual = tls ? WSS_PORT : WS_PORT;
        return new ServerAddress(tls, uri.getHost(), uri.getPort() < 0 ? usual : uri.getPort(), uri.getRawPath());
    }

    String url() {
        return (tls ? "wss://" : "ws://") + host + ":" + port + path;
    }

    /** The same server behind something that listens on another port of this machine. */
    ServerAddress behind(int otherPort) {
        return new ServerAddress(tls, "localhost", otherPort, path);
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
        ForeignGateway.Listener listener = new ForeignGateway.Listener(host, port, resolved(), path);
        return new ForeignGateway(Map.of(tls ? Rig.WSS : Rig.WS, listener), roots, null, null);
    }
}
