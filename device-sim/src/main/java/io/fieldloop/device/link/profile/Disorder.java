package io.fieldloop.device.link.profile;

import java.time.Duration;

/**
 * Packets out of order and packets twice. Without it a link keeps the order of a connection's packets, as a cellular
 * bearer does, whatever their jitter. A stream notices nothing of it: TCP puts segments back in order and drops copies.
 *
 * @param reorderProbability of a packet being held back, 0 to 1, so that those after it overtake it
 * @param reorderBy how long such a packet is held back
 * @param duplicateProbability of a packet arriving twice, 0 to 1
 */
public record Disorder(double reorderProbability, Duration reorderBy, double duplicateProbability) {
    public static final Disorder NONE = new Disorder(0, Duration.ofMillis(20), 0);

    public boolean isNone() {
        return reorderProbability == 0 && duplicateProbability == 0;
    }
}
