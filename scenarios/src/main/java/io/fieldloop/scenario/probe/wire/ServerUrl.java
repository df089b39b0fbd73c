package io.fieldloop.scenario.probe.wire;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * Where a server is, as a person writes it.
 *
 * @param tls whether the scheme was {@code wss}, {@code https} or {@code mqtts}
 * @param host a name or an address, an IPv6 one without its brackets
 * @param portWritten whether the URL named the port
 * @param path with the query, {@code /} where the URL had none
 */
public record ServerUrl(boolean tls, String host, int port, boolean portWritten, String path) {
    private static final List<String> SECURE = List.of("wss", "https", "mqtts");
    private static final List<String> WEB = List.of("wss", "ws", "https", "http");
    private static final List<String> BROKER = List.of("mqtts", "mqtt");
    private static final int PORT_MAX = 65_535;

    /**
     * Reads a URL of a WebSocket server or an OTA address.
     *
     * @throws ExamineException if it is none, or one that no device could use
     */
    public static ServerUrl parse(String text) {
        return parse(
                text,
                WEB,
                "leads to a WebSocket server; expected wss://HOST/PATH, or ws, https, http or mqtt.",
                443,
                80);
    }

    /** Reads a URL of a broker; as {@link #parse}. */
    public static ServerUrl broker(String text) {
        return parse(text, BROKER, "leads to a broker; expected mqtt://HOST or mqtts://HOST.", 8883, 1883);
    }

    /** Whether the text is meant as the URL of a broker. */
    public static boolean isBroker(String text) {
        return text.matches("(?i)mqtts?://.*");
    }

    private static ServerUrl parse(String text, List<String> schemes, String expected, int securePort, int plainPort) {
        URI uri = uri(text);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!schemes.contains(scheme)) {
            throw new ExamineException("'" + text + "' begins with no scheme that " + expected);
        }
        if (uri.getHost() == null) {
            throw new ExamineException(
                    "'" + text + "' names no host that a device could dial; expected a name or an address.");
        }
        if (uri.getRawUserInfo() != null) {
            throw new ExamineException("'" + text
                    + "' holds a user name, which no device sends; leave it out, and give a token with --token.");
        }
        boolean tls = SECURE.contains(scheme);
        if (uri.getPort() == 0 || uri.getPort() > PORT_MAX) {
            throw new ExamineException(
                    "'" + text + "' has the port " + uri.getPort() + "; ports are 1 to " + PORT_MAX + ".");
        }
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? securePort : plainPort;
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new ServerUrl(tls, uri.getHost().replaceAll("[\\[\\]]", ""), port, uri.getPort() > 0, path + query);
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new ExamineException("'" + text + "' is no URL: " + e.getReason() + " at character "
                    + (e.getIndex() + 1) + "; expected wss://HOST:PORT/PATH.");
        }
    }

    /** What goes into a device's settings; {@code https} becomes {@code wss}. */
    public String forDevices() {
        return forDevices(path);
    }

    /** The same server, at another path. */
    public String forDevices(String otherPath) {
        return (tls ? "wss://" : "ws://") + authority() + otherPath;
    }

    /** Host, and the port where it was written. */
    public String authority() {
        String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return portWritten ? shown + ":" + port : shown;
    }

    @Override
    public String toString() {
        return forDevices();
    }
}
