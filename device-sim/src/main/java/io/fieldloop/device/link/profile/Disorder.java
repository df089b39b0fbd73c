package io.fieldloop.device.link.profile;

import java.time.Duration;

/**
 * Packets out of order, packets twice, and datagrams that are not what was sent. Without it a link keeps the order of a connection's packets, as a cellular
 * bearer does, whatever their jitter. A stream notices nothing of it: TCP puts segments back in order and drops copies.
 *
 * @param reorderProbability of a packet being held back, 0 to 1, so that those after it overtake it
 * @param reorderBy how long such a packet is held back
 * @param duplicateProbability of a packet arriving twice, 0 to 1
 * @param corruptProbability of one bit of a datagram being flipped under a checksum that fits, as by a broken middlebox: what the wire
 *     does to a packet is caught by its checksum and is a loss
 */
public record Disorder(
        double reorderProbability, Duration reorderBy, double duplicateProbability, double corruptProbability) {
    public static final Disorder NONE = new Disorder(0, Duration.ofMillis(20), 0, 0);

    public boolean isNone() {
        return reorderProbability == 0 && duplicateProbability == 0 && corruptProbability == 0;
    }
}
