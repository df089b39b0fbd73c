package io.fieldloop.device.profile;

import java.time.Duration;

/**
 * When a client notices that what it sends is not taken.
 *
 * @param bufferBytes what its socket holds of bytes that are not acknowledged; a write beyond that waits
 * @param writeLimit how long a write waits for the first acknowledgement
 * @param retransmissionLimit how long TCP repeats unacknowledged bytes before it gives the connection up
 */
public record SendRules(int bufferBytes, Duration writeLimit, Duration retransmissionLimit) {

    /** CONFIG_LWIP_TCP_SND_BUF_DEFAULT of ESP-IDF. */
    private static final int LWIP_BYTES = 5760;

    /**
     * TCP_MAXRTX 12 of lwIP: 1.5 s, then doubled by {@code tcp_backoff} to 192 s, until the timer after the twelfth repetition (tcp_slowtmr()).
     *
     * <p>Where the round trip is below the timer's 500 ms, its estimate stays at the first value.
     */
    private static final Duration LWIP_RETRANSMISSIONS = Duration.ofMillis(1_150_500);

    /**
     * A send() that blocks: 78/esp-ml307 3.6.6 esp_tcp.cc sets no SO_SNDTIMEO.
     *
     * <p>Inside TLS it has one of 10 s (esp_tls_set_socket_options()), which says no more than MBEDTLS_ERR_SSL_WANT_WRITE, and
     * EspSsl::Send() then tries again.
     */
    static final SendRules LWIP_BLOCKING = new SendRules(LWIP_BYTES, LWIP_RETRANSMISSIONS, LWIP_RETRANSMISSIONS);

    /** esp_transport_poll_write() with network_timeout_ms, 10 s. */
    static final SendRules LWIP_POLLING = new SendRules(LWIP_BYTES, Duration.ofSeconds(10), LWIP_RETRANSMISSIONS);

    /** AT+MIPSEND answers within its time on the wire and 100 ms (ml307_tcp.cc); the modem's buffer and its TCP limit are assumed. */
    static final SendRules MODEM = new SendRules(8192, Duration.ofMillis(100), Duration.ofMinutes(2));

    /** A desktop's TCP, of which nothing is asked here. */
    static final SendRules UNLIMITED = new SendRules(Integer.MAX_VALUE, Duration.ofDays(1), Duration.ofDays(1));
}
