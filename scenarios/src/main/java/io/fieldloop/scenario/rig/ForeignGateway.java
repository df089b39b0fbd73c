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
 * @param token what devices have as a token, and as their MQTT password, or null for none
 * @param mqttKey what signs the MQTT passwords of devices, or null where that is not known
 */
public record ForeignGateway(
        Map<Rig.NominalListener, Listener> listeners,
        List<X509Certificate> roots,
        @Nullable String token,
        @Nullable String mqttKey) {
    private static final Pattern NOMINAL = Pattern.compile("(wss?|https?)://gateway\\.test(?::(\\d+))?(/.*)?");
    private static final List<String> USUAL_PATHS = List.of(GatewayConfig.PATH, "/xiaozhi/ota/");

    /**
     * One of its listeners.
     *
     * @param host as devices know it
     * @param port as devices know it
     * @param address where that is
     * @param path what stands for {@value GatewayConfig#PATH}, or for the OTA address
     */
    public record Listener(String host, int port, InetSocketAddress address, String path) {
        String url(String scheme, String nominalPath) {
            boolean usual = port == (scheme.equals("wss") || scheme.equals("https") ? 443 : 80);
            String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
            return scheme + "://" + shown + (usual ? "" : ":" + port)
                    + (USUAL_PATHS.contains(nominalPath) ? path : nominalPath);
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
        String port = url.group(2) == null ? url.group(1).endsWith("s") ? "443" : "80" : url.group(2);
        return (url.group(1).startsWith("http") ? List.of(Rig.OTA, Rig.OTAS) : List.of(Rig.WSS, Rig.WS))
                .stream()
                        .filter(listener -> Integer.toString(listener.port()).equals(port))
                        .findFirst();
    }

    /** The listener that a device's endpoint means; nothing for one that leads elsewhere on purpose. */
    public static Optional<Rig.NominalListener> brokerOf(String endpoint) {
        return switch (endpoint) {
            case "gateway.test:1883" -> Optional.of(Rig.MQTT);
            case "gateway.test", "gateway.test:8883" -> Optional.of(Rig.MQTTS);
            default -> Optional.empty();
        };
    }

    /** The URL a device gets in place of the nominal one of the scenario file. */
    public String urlFor(String nominalUrl) {
        Matcher url = NOMINAL.matcher(nominalUrl);
        Listener listener = listenerOf(nominalUrl).map(listeners::get).orElse(null);
        if (listener == null || !url.matches()) {
            return nominalUrl;
        }
        return listener.url(url.group(1), url.group(3) == null ? "/" : url.group(3));
    }

    /** The endpoint a device gets in place of the nominal one. */
    public String endpointFor(String endpoint) {
        return brokerOf(endpoint)
                .map(listeners::get)
                .map(broker -> broker.host() + ":" + broker.port())
                .orElse(endpoint);
    }

    /** Where that port of that host is; nothing for one that is no listener of it. */
    public Optional<InetSocketAddress> addressOf(String host, int port) {
        return listeners.values().stream()
                .filter(listener -> listener.host().equals(host) && listener.port() == port)
                .map(Listener::address)
                .findFirst();
    }

    /** Whether it tells devices where to go: an OTA server does, and a broker says where voice goes. */
    public boolean tellsWhereToGo() {
        return listeners.keySet().stream().anyMatch(listener -> !listener.equals(Rig.WS) && !listener.equals(Rig.WSS));
    }

    public boolean knows(String host) {
        return host.equals("gateway.test")
                || listeners.values().stream()
                        .anyMatch(listener -> listener.host().equals(host));
    }
}
