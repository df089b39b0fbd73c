package io.fieldloop.device.profile;

import java.time.Duration;

/**
 * What a client does of its own accord to stay connected; a zero means never.
 *
 * @param pingEvery pause between two pings on an open channel
 * @param pongWithin how long after its first unanswered ping it takes the connection for dead
 * @param reconnectAfter pause between the end of a connection, or of an attempt, and the next attempt
 */
public record KeepAlive(Duration pingEvery, Duration pongWithin, Duration reconnectAfter) {

    /** 78/esp-ml307 sends no ping, and its application waits for its user. */
    public static final KeepAlive NONE = new KeepAlive(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** esp_websocket_client 1.8.0 with its defaults: WEBSOCKET_PING_INTERVAL_SEC, WEBSOCKET_PINGPONG_TIMEOUT_SEC, WEBSOCKET_RECONNECT_TIMEOUT_MS. */
    public static final KeepAlive ESP_WEBSOCKET_CLIENT =
            new KeepAlive(Duration.ofSeconds(10), Duration.ofSeconds(120), Duration.ofSeconds(10));

    public boolean pings() {
        return !pingEvery.isZero();
    }
}
