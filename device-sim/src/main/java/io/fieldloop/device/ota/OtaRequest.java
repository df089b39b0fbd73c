package io.fieldloop.device.ota;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a request, in one piece and in the firmware's order: Host, then its headers by lower-case name, then what the client adds.
 *
 * <p>The HTTP client inside an ML307 modem sends no Connection header.
 */
final class OtaRequest {
    private OtaRequest() {}

    static String text(String method, HttpUrl url, Map<String, String> headers, @Nullable String body, boolean modem) {
        StringBuilder text =
                new StringBuilder(method + " " + url.path() + " HTTP/1.1\r\nHost: " + url.authority() + "\r\n");
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        sorted.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        int length = body == null ? 0 : body.getBytes(StandardCharsets.UTF_8).length;
        if (body != null) {
            text.append("Content-Length: ").append(length).append("\r\n");
        }
        text.append(modem ? "" : "Connection: close\r\n").append("\r\n");
        return body == null ? text.toString() : text.append(body).toString();
    }
}
