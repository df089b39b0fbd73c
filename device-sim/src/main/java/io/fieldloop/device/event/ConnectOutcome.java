package io.fieldloop.device.event;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How one attempt to open the audio channel ended; every attempt has exactly one. */
public sealed interface ConnectOutcome {

    /** Time from the trigger to this outcome, on the device's event loop. */
    Duration elapsed();

    /**
     * The server hello arrived.
     *
     * @param elapsed the whole attempt
     * @param sessionId the server's session id, empty when its hello had none
     * @param connect name resolution and TCP; this and the other parts are null where a firmware does not log them
     * @param handshake TLS and WebSocket upgrade, after TCP
     * @param hello from the 101 answer to the server hello
     */
    record Online(
            Duration elapsed,
            String sessionId,
            @Nullable Duration connect,
            @Nullable Duration handshake,
            @Nullable Duration hello)
            implements ConnectOutcome {}

    /**
     * The attempt failed.
     *
     * @param code the most specific code the device logs: an mbedTLS one such as {@code -0x2700}, else {@code 0x8006} or an errno such as
     *     {@code 0x6f}, else {@code 0}; null when the device logs none
     * @param text the log message that names the failure
     * @param phase where it happened
     * @param status the HTTP status the simulator saw; the firmware itself neither keeps nor logs it
     */
    record Failed(
            FailureReason reason,
            @Nullable String code,
            String text,
            Duration elapsed,
            Phase phase,
            @Nullable Integer alertSent,
            @Nullable Integer alertReceived,
            @Nullable Integer status)
            implements ConnectOutcome {}
}
