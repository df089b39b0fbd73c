package io.fieldloop.device.websocket;

import io.fieldloop.device.attempt.Stoi;
import io.fieldloop.device.profile.Dialect;
import io.fieldloop.device.profile.TlsUse;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** A gateway URL as a device understands it, which is not always as RFC 3986 does. */
public record WebSocketUrl(String host, int port, String path, boolean tls) {

    private static final int PORT_MASK = 0xFFFF;

    /** The parsed URL, or nothing where the device would refuse it (or, for a port that is no number, abort and reboot). */
    public static Optional<WebSocketUrl> parse(Dialect dialect, String url) {
        return dialect.isXiaozhi() ? parseAsXiaozhi(url) : parseAsUri(url);
    }

    /**
     * The firmware's parser (protocol reference 1.2).
     *
     * <p>The scheme is compared with case, every unknown scheme means plain TCP, {@code https} without a port means TLS to port 80, the
     * first colon after {@code ://} is the port separator wherever it stands, and the port is read as {@link Stoi} does.
     */
    private static Optional<WebSocketUrl> parseAsXiaozhi(String url) {
        int separator = url.indexOf("://");
        if (separator < 0) {
            return Optional.empty();
        }
        String scheme = url.substring(0, separator);
        boolean tls = scheme.equals("wss") || scheme.equals("https");
        int start = separator + 3;
        int colon = url.indexOf(':', start);
        int hostEnd = colon >= 0 ? colon : slashOrEnd(url, start);
        int portEnd = colon >= 0 ? slashOrEnd(url, colon + 1) : hostEnd;
        String port = colon >= 0 ? url.substring(colon + 1, portEnd) : scheme.equals("wss") ? "443" : "80";
        String path = portEnd < url.length() ? url.substring(portEnd) : "/";
        String host = url.substring(start, hostEnd);
        try {
            return Optional.of(new WebSocketUrl(host, Stoi.of(port) & PORT_MASK, path, tls));
        } catch (Stoi.ThrownException abort) {
            return Optional.empty();
        }
    }

    /** The same address where this device decides about TLS in its own way. */
    public WebSocketUrl with(TlsUse use) {
        return new WebSocketUrl(host, port, path, use.applies(tls, port));
    }

    /**
     * Where esp_websocket_client goes when a redirect names {@code location}: to its host and port, by the path and the transport of the first URL.
     *
     * <p>It sets its URI anew and connects the transport it has (esp_websocket_client.c 1.6.0 to 1.8.0), so ws:// to wss:// stays without TLS.
     */
    public String redirected(String location) {
        String newHost = host;
        int newPort = tls ? 443 : 80;
        try {
            URI uri = new URI(location);
            newHost = uri.getHost() == null ? host : uri.getHost();
            newPort = uri.getPort() > 0 ? uri.getPort() : newPort;
        } catch (URISyntaxException leftAsItWas) {
            // The client does not look whether its URI was set.
        }
        return (tls ? "wss://" : "ws://") + newHost + ":" + newPort + path;
    }

    private static int slashOrEnd(String url, int from) {
        int slash = url.indexOf('/', from);
        return slash < 0 ? url.length() : slash;
    }

    private static Optional<WebSocketUrl> parseAsUri(String url) {
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (uri.getHost() == null || !(scheme.equals("ws") || scheme.equals("wss"))) {
                return Optional.empty();
            }
            boolean tls = scheme.equals("wss");
            int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            // http_parser leaves the brackets of an IPv6 literal out of the host.
            String host = uri.getHost().replaceAll("^\\[|]$", "");
            return Optional.of(new WebSocketUrl(host, port, path + query, tls));
        } catch (URISyntaxException notAUrl) {
            return Optional.empty();
        }
    }
}
