package io.fieldloop.device.link.profile;

import java.util.Map;

/**
 * What a device's link is like, as data.
 *
 * @param mtuBytes the largest IP packet; a stream is cut into segments of 40 bytes less
 * @param handover gaps in which packets wait, as the network buffers them (an outage loses them)
 */
public record LinkProfile(
        String name,
        PathProfile upstream,
        PathProfile downstream,
        int mtuBytes,
        Promotion promotion,
        NatMapping nat,
        Outage outage,
        Window handover,
        Cut cut,
        PlaintextUpgrade plaintextUpgrade,
        Access access) {
    /** A link that does nothing. */
    public static final LinkProfile NONE = new LinkProfile(
            "none",
            PathProfile.clear(Loss.NONE_LWIP),
            PathProfile.clear(Loss.NONE_RFC6298),
            1500,
            Promotion.NONE,
            NatMapping.NONE,
            Outage.NONE,
            Window.NEVER,
            Cut.NONE,
            PlaintextUpgrade.ALLOWED,
            Access.NONE);

    private static final int TCP_IP_HEADER_BYTES = 40;

    public PathProfile path(Direction direction) {
        return direction == Direction.UPSTREAM ? upstream : downstream;
    }

    /** The largest segment of a stream. */
    public int segmentBytesMax() {
        return mtuBytes - TCP_IP_HEADER_BYTES;
    }

    /** Whether the link does nothing at all. */
    public boolean isClear() {
        return upstream.isClear()
                && downstream.isClear()
                && promotion.isNone()
                && nat.tcpIdleMax().isZero()
                && outage.window().isNever()
                && handover.isNever()
                && cut.how() == Cut.How.NONE
                && plaintextUpgrade == PlaintextUpgrade.ALLOWED
                && access.equals(Access.NONE);
    }

    /**
     * This profile with one {@link LinkKey} set, such as {@code ("delay", "50ms")} or {@code ("upstream.loss", "1%")};
     * without a direction both are set.
     *
     * @throws LinkProfileException one sentence, for an unknown key or a value it cannot have
     */
    public LinkProfile with(String key, String value) {
        return LinkKey.set(this, key, value);
    }

    /** This profile with several keys set, in the map's order. */
    public LinkProfile with(Map<String, String> values) {
        LinkProfile changed = this;
        for (Map.Entry<String, String> entry : values.entrySet()) {
            changed = changed.with(entry.getKey(), entry.getValue());
        }
        return changed;
    }
}
