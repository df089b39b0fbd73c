package io.fieldloop.scenario.rig;

import io.fieldloop.server.GatewayConfig;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A gateway that is not ours: it is dialled and nothing else.
 *
 * @param listeners which of its listeners stands for which of ours
 * @param roots what the devices trust that trust the run's authority
 * @param token what devices have as a token, or null for none
 */
public record ForeignGateway(
        Map<Rig.NominalListener, Listener> listeners,
        List<X509Certificate> roots,
        @Nullable String token) {
    private static final Pattern NOMINAL = Pattern.compile("(wss?)://gateway\\.test(?::(\\d+))?(/.*)?");

    /**
     * One of its listeners.
     *
     * @param host as devices know it
     * @param address where that is
     * @param path what stands for {@value GatewayConfig#PATH}
     */
    public record Listener(String host, int port, InetSocketAddress address, String path) {
        String url(String scheme, String nominalPath) {
            boolean usual = port == (scheme.equals("wss") ? 443 : 80);
            return scheme + "://" + host + (usual ? "" : ":" + port)
                    + (nominalPath.equals(GatewayConfig.PATH) ? path : nominalPath);
        }
    }

    public ForeignGateway {
        listeners = Map.copyOf(listeners);
        roots = List.copyOf(roots);
    }

    /** The listener of ours that a nominal URL means; nothing for a URL that leads elsewhere on purpose. */
    public static Optional<Rig.NominalListener> listenerOf(String nominalUrl) {
        Matcher url = NOMINAL.matcher(nominalUrl);
        if (!url.matches()) {
            return Optional.empty();
        }
        String port = url.group(2) == null ? url.group(1).equals("wss") ? "443" : "80" : url.group(2);
        return List.of(Rig.WSS, Rig.WS).stream()
                .filter(listener -> Integer.toString(listener.port()).equals(port))
                .findFirst();
    }

    /** The URL a device gets in place of the nominal one of the scenario file. */
    public String urlFor(String nominalUrl) {
        Matcher url = NOMINAL.matcher(nominalUrl);
        Listener listener = listenerOf(nominalUrl).map(listeners::get).orElse(null);
        return listener == null || !url.matches()
                ? nominalUrl
                : listener.url(url.group(1), url.group(3) == null ? "/" : url.group(3));
    }

    /** Where that port of that host is; nothing for one that is no listener of it. */
    Optional<InetSocketAddress> addressOf(String host, int port) {
        return listeners.values().stream()
                .filter(listener -> listener.host().equals(host) && listener.port() == port)
                .map(Listener::address)
                .findFirst();
    }

    boolean knows(String host) {
        return host.equals("gateway.test")
                || listeners.values().stream()
                        .anyMatch(listener -> listener.host().equals(host));
    }
}
