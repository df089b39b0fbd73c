package io.fieldloop.server.fault;

import java.net.InetAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose connections a fault is for.
 *
 * <p>A device says who it is only in its upgrade request or its MQTT CONNECT. What acts before that goes by the addresses the device
 * is known to come from, and meets whoever else comes from there.
 *
 * @param deviceId the Device-Id; null where only addresses are meant
 * @param sources where the device comes from
 */
public record FaultTarget(@Nullable String deviceId, Set<InetAddress> sources) {
    /** Every device. */
    public static final FaultTarget ALL = new FaultTarget(null, Set.of());

    public FaultTarget {
        sources = Set.copyOf(sources);
    }

    /**
     * Whether that connection is meant.
     *
     * @param said the Device-Id that was said on it; null before that
     */
    public boolean includes(@Nullable String said, InetAddress source) {
        return isAll()
                || ((deviceId != null && said != null) ? deviceId.equalsIgnoreCase(said) : sources.contains(source));
    }

    private boolean isAll() {
        return deviceId == null && sources.isEmpty();
    }

    /** Whether no connection can be meant by both. */
    boolean isApartFrom(FaultTarget other) {
        return deviceId != null && other.deviceId != null && !deviceId.equalsIgnoreCase(other.deviceId);
    }
}
