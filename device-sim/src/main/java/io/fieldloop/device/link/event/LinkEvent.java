package io.fieldloop.device.link.event;

import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.device.link.profile.NatMapping;
import io.fieldloop.device.link.profile.Outage;
import io.fieldloop.device.link.profile.PlaintextUpgrade;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something a link did. */
public sealed interface LinkEvent {
    /** The event's name in a journal. */
    String kind();

    /** The connection's ordinal on its link, from 1; 0 for what concerns the whole link. */
    long connection();

    /** What else there is to say, in a fixed order: String, Long or Duration values. */
    Map<String, Object> attributes();

    /** A connection was established; {@code elapsed} since the SYN. */
    record PathOpened(long connection, Duration elapsed) implements LinkEvent {
        @Override
        public String kind() {
            return "path-opened";
        }

        @Override
        public Map<String, Object> attributes() {
            return attributesOf("elapsed", elapsed);
        }
    }

    /** A connect was refused. */
    record PathRefused(long connection, Duration elapsed) implements LinkEvent {
        @Override
        public String kind() {
            return "path-refused";
        }

        @Override
        public Map<String, Object> attributes() {
            return attributesOf("elapsed", elapsed);
        }
    }

    /** An idle radio woke up, and the packet that woke it waited for that. */
    record Promoted(long connection, Duration by) implements LinkEvent {
        @Override
        public String kind() {
            return "promoted";
        }

        @Override
        public Map<String, Object> attributes() {
            return attributesOf("by", by);
        }
    }

    /** A burst of losses was made good; {@code delay} is the longest wait for a retransmission. */
    record Retransmitted(long connection, Direction direction, long packets, Duration delay) implements LinkEvent {
        @Override
        public String kind() {
            return "retransmitted";
        }

        @Override
        public Map<String, Object> attributes() {
            return attributesOf("direction", direction, "packets", packets, "delay", delay);
        }
    }

    /**
     * Packets did not arrive; only a link of frames tells, since on a stream a loss is a retransmission.
     *
     * @param reason one of {@code loss}, {@code queue-full}, {@code outage}, {@code oversize}, {@code nat-expired},
     *     {@code blackhole}, {@code reset}, {@code dns-silent}, {@code arp-silent}, {@code egress-denied}
     */
    record Dropped(long connection, Direction direction, String reason, long packets) implements LinkEvent {
        @Override
        public String kind() {
            return "dropped";
        }

        @Override
        public Map<String, Object> attributes() {
            return attributesOf("direction", direction, "reason", reason, "packets", packets);
        }
    }

    /**
     * The device wanted something beyond the harness, which was not let out; told once each.
     *
     * @param protocol {@code dns}, {@code tcp}, {@code udp} or {@code ip}
     * @param to the name it asked for, or the address and, where there is one, the port
     */
    record EgressDenied(String protocol, String to) implements LinkEvent {
        @Override
        public String kind() {
            return "egress-denied";
        }

        @Override
        public long connection() {
            return 0;
        }

        @Override
        public Map<String, Object> attributes() {
            return attributesOf("protocol", protocol, "to", to);
        }
    }

    /** The carrier is gone. */
    record OutageBegan(Outage.How how, Duration lasting) implements LinkEvent {
        @Override
        public String kind() {
            return "outage-began";
        }

        @Override
        public long connection() {
            return 0;
        }

        @Override
        public Map<String, Object> attributes() {
            return attributesOf("how", how, "lasting", lasting);
        }
    }

    /** The carrier is back. */
    record OutageEnded() implements LinkEvent {
        @Override
        public String kind() {
            return "outage-ended";
        }

        @Override
        public long connection() {
            return 0;
        }

        @Override
        public Map<String, Object> attributes() {
            return attributesOf();
        }
    }

    /** A packet waited for a handover to finish. */
    record HandoverGap(long connection, Duration gap) implements LinkEvent {
        @Override
        public String kind() {
            return "handover";
        }

        @Override
        public Map<String, Object> attributes() {
            return attributesOf("gap", gap);
        }
    }

    /** The operator's NAT no longer knows the connection. */
    record NatExpired(long connection, Duration idle, NatMapping.Expiry how) implements LinkEvent {
        @Override
        public String kind() {
            return "nat-expired";
        }

        @Override
        public Map<String, Object> attributes() {
            return attributesOf("idle", idle, "how", how);
        }
    }

    /** More is under way than the link's queue takes, and the sender is held back. */
    record QueueFull(long connection, Direction direction) implements LinkEvent {
        @Override
        public String kind() {
            return "queue-full";
        }

        @Override
        public Map<String, Object> attributes() {
            return attributesOf("direction", direction);
        }
    }

    /** The link reset the connection. */
    record Reset(long connection, @Nullable Long atByte) implements LinkEvent {
        @Override
        public String kind() {
            return "reset";
        }

        @Override
        public Map<String, Object> attributes() {
            return attributesOf("at-byte", atByte);
        }
    }

    /** The link ended the connection with a FIN. */
    record Finished(long connection, @Nullable Long atByte) implements LinkEvent {
        @Override
        public String kind() {
            return "finished";
        }

        @Override
        public Map<String, Object> attributes() {
            return attributesOf("at-byte", atByte);
        }
    }

    /** From here on nothing of the connection arrives any more, and nobody is told. */
    record Blackholed(long connection, @Nullable Long atByte) implements LinkEvent {
        @Override
        public String kind() {
            return "blackholed";
        }

        @Override
        public Map<String, Object> attributes() {
            return attributesOf("at-byte", atByte);
        }
    }

    /** The operator noticed an unencrypted upgrade. */
    record UpgradeBlocked(long connection, PlaintextUpgrade how) implements LinkEvent {
        @Override
        public String kind() {
            return "upgrade-blocked";
        }

        @Override
        public Map<String, Object> attributes() {
            return attributesOf("how", how);
        }
    }

    /** The connection is over on both sides. */
    record Closed(
            long connection, long upstreamBytes, long downstreamBytes, long upstreamPackets, long downstreamPackets)
            implements LinkEvent {
        @Override
        public String kind() {
            return "closed";
        }

        @Override
        public Map<String, Object> attributes() {
            return attributesOf(
                    "upstream-bytes",
                    upstreamBytes,
                    "downstream-bytes",
                    downstreamBytes,
                    "upstream-packets",
                    upstreamPackets,
                    "downstream-packets",
                    downstreamPackets);
        }
    }

    private static Map<String, Object> attributesOf(@Nullable Object... namesAndValues) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value != null) {
                attributes.put(
                        String.valueOf(namesAndValues[i]), value instanceof Enum<?> word ? wireName(word) : value);
            }
        }
        return Collections.unmodifiableMap(attributes);
    }

    private static String wireName(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
