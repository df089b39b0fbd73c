package io.fieldloop.server.event;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The structured record of one refused handshake.
 *
 * @param status the HTTP status that was sent, or null when none was
 * @param alert the TLS alert that was sent or received, or null
 * @param elapsed from acceptance to refusal
 * @param firstBytes what the client sent first, printable ASCII kept and everything else as {@code \xNN}
 * @param detail the offending value where there is one, made safe like the first bytes
 */
public record Refusal(
        RefusalReason reason,
        @Nullable Integer status,
        @Nullable Integer alert,
        InetAddress source,
        String listener,
        Duration elapsed,
        String firstBytes,
        @Nullable String detail,
        Instant at) {

    public RefusalClass refusalClass() {
        return reason.refusalClass();
    }

    /** As the attributes of a handshake-refused event. */
    public Map<String, Object> attributes() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("class", refusalClass().wireName());
        attributes.put("reason", reason.wireName());
        if (status != null) {
            attributes.put("status", status.longValue());
        }
        if (alert != null) {
            attributes.put("alert", alert.longValue());
        }
        attributes.put("source", source.getHostAddress());
        attributes.put("listener", listener);
        attributes.put("elapsed", elapsed);
        attributes.put("first-bytes", firstBytes);
        if (detail != null) {
            attributes.put("detail", detail);
        }
        return attributes;
    }
}
