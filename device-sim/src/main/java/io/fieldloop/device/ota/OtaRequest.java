package io.fieldloop.device.ota;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request of the firmware.
 *
 * @param headers the firmware's own
 * @param body null for none
 */
public record OtaRequest(
        String method,
        HttpUrl url,
        Map<String, String> headers,
        @Nullable String body) {

    /** Its bytes as the library's own client sends them: Host, then the headers by lower-case name, then what the client adds. */
    String text() {
        StringBuilder text =
                new StringBuilder(method + " " + url.path() + " HTTP/1.1\r\nHost: " + url.authority() + "\r\n");
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        sorted.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        if (body != null) {
            text.append("Content-Length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
        }
        text.append("Connection: close\r\n\r\n");
        return body == null ? text.toString() : text.append(body).toString();
    }
}
