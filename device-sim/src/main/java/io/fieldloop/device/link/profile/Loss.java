package io.fieldloop.device.link.profile;

import java.time.Duration;

/**
 * Packet loss and what it costs a stream: a lost packet arrives one retransmission timeout later, the timeout doubling
 * with each further loss.
 *
 * <p>{@code burstPacketsMean} above 1 makes losses come in bursts (Gilbert-Elliott with a good state that loses nothing
 * and a bad one that loses all). A retransmission comes so much later that it is drawn on its own, at the mean rate.
 *
 * @param probability of losing a packet, 0 to 1, over the long run
 * @param burstPacketsMean packets lost in a row, on average; 1 is independent loss
 * @param rtoInitial the sender's retransmission timeout: RFC 6298 section 2 starts at 1 s, ESP-IDF's lwIP at 1.5 s
 * @param rtoMax where doubling ends: RFC 6298 section 2.5 allows a bound of no less than 60 s
 * @param retransmissionsMax after which the sender gives up; lwIP TCP_MAXRTX is 12
 */
public record Loss(
        double probability, double burstPacketsMean, Duration rtoInitial, Duration rtoMax, int retransmissionsMax) {
    /** What the device's lwIP does upstream: CONFIG_LWIP_TCP_RTO_TIME 1500, CONFIG_LWIP_TCP_MAXRTX 12. */
    public static final Loss NONE_LWIP = new Loss(0, 1, Duration.ofMillis(1500), Duration.ofSeconds(60), 12);

    /** What a server's stack does downstream: RFC 6298's 1 s; Linux tcp_retries2 15. */
    public static final Loss NONE_RFC6298 = new Loss(0, 1, Duration.ofSeconds(1), Duration.ofSeconds(60), 15);
}
