package io.fieldloop.device.ota;

import io.fieldloop.device.attempt.Endpoint;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP URL as the firmware's client reads it (78/esp-ml307, src/http_client.cc, ParseUrl).
 *
 * <p>Every scheme but {@code https} is plain HTTP, and nothing may stand between the port's colon and the path but its digits, so that
 * {@code 192.168.1:4:8015} is an error and not a host.
 *
 * @param problem what the client logs of a URL it cannot use, or null
 */
public record HttpUrl(
        String scheme,
        String host,
        int port,
        String path,
        @Nullable String problem) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int PORT_MAX = 65_535;

    static HttpUrl parse(String url) {
        int separator = url.indexOf("://");
        if (separator < 0) {
            return unusable("Invalid URL format: " + url);
        }
        String scheme = url.substring(0, separator).toLowerCase(Locale.ROOT);
        int start = separator + 3;
        int slash = url.indexOf('/', start);
        int end = slash < 0 ? url.length() : slash;
        String path = slash < 0 ? "/" : url.substring(slash);
        int colon = url.indexOf(':', start);
        if (colon < 0 || colon > end) {
            return new HttpUrl(scheme, url.substring(start, end), defaultPort(scheme), path, null);
        }
        String digits = url.substring(colon + 1, end);
        int port = digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : 0;
        return port > 0 && port <= PORT_MAX
                ? new HttpUrl(scheme, url.substring(start, colon), port, path, null)
                : unusable("Invalid port: " + digits);
    }

    private static HttpUrl unusable(String problem) {
        return new HttpUrl("", "", 0, "", problem);
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
    }

    public boolean secured() {
        return scheme.equals("https");
    }

    Endpoint endpoint() {
        return new Endpoint(host, port, secured());
    }

    /** The Host header, which names the port where it is not the scheme's. */
    public String authority() {
        boolean usual = port == defaultPort(scheme) || !(scheme.equals("http") || secured());
        return usual ? host : host + ":" + port;
    }
}
