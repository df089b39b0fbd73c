package io.fieldloop.server.event;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The structured record of one refused handshake.
 *
 * @param status the HTTP status or the code of the CONNACK that was sent, or null when none was
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
}
