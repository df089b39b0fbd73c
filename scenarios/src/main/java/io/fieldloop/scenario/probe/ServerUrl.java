package io.fieldloop.scenario.probe;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * Where a server is, as a person writes it.
 *
 * @param tls whether the scheme was {@code wss} or {@code https}
 * @param host a name or an IPv4 address; the firmware dials nothing else
 * @param portWritten whether the URL named the port
 * @param path with the query, {@code /} where the URL had none
 */
public record ServerUrl(boolean tls, String host, int port, boolean portWritten, String path) {
    private static final List<String> SECURE = List.of("wss", "https");
    private static final List<String> PLAIN = List.of("ws", "http");
    private static final int PORT_MAX = 65_535;

    /**
     * Reads a URL.
     *
     * @throws ExamineException if it is none, or one that no device could use
     */
    public static ServerUrl parse(String text) {
        URI uri = uri(text);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!SECURE.contains(scheme) && !PLAIN.contains(scheme)) {
            throw new ExamineException("'" + text + "' begins with no scheme that leads to a WebSocket server;"
                    + " expected wss://HOST/PATH, or ws, https or http.");
        }
        if (uri.getHost() == null || uri.getHost().startsWith("[")) {
            throw new ExamineException(
                    "'" + text + "' names no host that a device could dial; expected a name or an IPv4 address.");
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
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new ServerUrl(tls, uri.getHost(), port, uri.getPort() > 0, path + query);
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
    String authority() {
        return portWritten ? host + ":" + port : host;
    }

    @Override
    public String toString() {
        return forDevices();
    }
}
