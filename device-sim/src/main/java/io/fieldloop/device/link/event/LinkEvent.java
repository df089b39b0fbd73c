package io.fieldloop.device.link.event;

import io.fieldloop.device.event.EventRecords;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.device.link.profile.NatMapping;
import io.fieldloop.device.link.profile.Outage;
import io.fieldloop.device.link.profile.PlaintextUpgrade;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something a link did. */
public sealed interface LinkEvent {
    /** The kind in a journal, such as {@code nat-expired}. */
    default String kind() {
        return EventRecords.kind(getClass());
    }

    /** The connection's ordinal on its link, from 1; 0 for what concerns no single one. */
    default long connection() {
        return 0;
    }

    /** What a journal says of it, in a fixed order. */
    default Map<String, Object> attributes() {
        Map<String, Object> attributes = EventRecords.attributes((Record) this);
        attributes.remove("connection", 0L);
        return attributes;
    }

    /** A connection was established; {@code elapsed} since the SYN. */
    record PathOpened(long connection, Duration elapsed) implements LinkEvent {}

    /** A connect was refused. */
    record PathRefused(long connection, Duration elapsed) implements LinkEvent {}

    /** An idle radio woke up, and the packet that woke it waited for that. */
    record Promoted(long connection, Duration by) implements LinkEvent {}

    /** A burst of losses was made good; {@code delay} is the longest wait for a retransmission. */
    record Retransmitted(long connection, Direction direction, long packets, Duration delay) implements LinkEvent {}

    /** Packets did not arrive; only a link of frames tells, since on a stream a loss is a retransmission. */
    record Dropped(long connection, Direction direction, DropReason reason, long packets) implements LinkEvent {}

    /**
     * What became of the UDP datagrams of the last second.
     *
     * @param lost by whatever the link did, NAT and firewall among it
     * @param transit how long the last of them took
     * @param jitter of how long they take, as RFC 3550, 6.4.1 smooths it
     */
    record DatagramsPassed(
            Direction direction,
            long arrived,
            long lost,
            long duplicated,
            long corrupted,
            Duration transit,
            Duration jitter)
            implements LinkEvent {}

    /**
     * The device wanted something beyond the harness, which was not let out; told once each.
     *
     * @param to the name it asked for, or the address and, where there is one, the port
     */
    record EgressDenied(Protocol protocol, String to) implements LinkEvent {
        /** What it tried. */
        public enum Protocol {
            DNS,
            TCP,
            UDP,
            IP
        }
    }

    /**
     * A name server's answer came when the device no longer waited for it, which it says with an ICMP port unreachable; told once for each server.
     *
     * @param to the address of the name server
     */
    record NameAnswerRefused(String to) implements LinkEvent {}

    /** The device asked a name server of the scenario's. */
    record NameAsked(String name, RecordType type) implements LinkEvent {}

    /**
     * What the name server said has arrived.
     *
     * @param addresses in the order of the answer; null where it has none
     * @param elapsed since the device asked; after 7 s nobody listens any more
     */
    record NameAnswered(
            String name,
            RecordType type,
            NameReply answer,
            @Nullable String addresses,
            Duration elapsed) implements LinkEvent {}

    /** The carrier is gone. */
    record OutageBegan(Outage.How how, Duration lasting) implements LinkEvent {}

    /** The carrier is back. */
    record OutageEnded() implements LinkEvent {}

    /** A packet waited for a handover to finish. */
    record Handover(long connection, Duration gap) implements LinkEvent {}

    /** The operator's NAT no longer knows the connection. */
    record NatExpired(long connection, Duration idle, NatMapping.Expiry how) implements LinkEvent {}

    /** More is under way than the link's queue takes, and the sender is held back. */
    record QueueFull(long connection, Direction direction) implements LinkEvent {}

    /** The link reset the connection. */
    record Reset(long connection, @Nullable Long atByte) implements LinkEvent {}

    /** The link ended the connection with a FIN. */
    record Finished(long connection, @Nullable Long atByte) implements LinkEvent {}

    /** From here on nothing of the connection arrives any more, and nobody is told. */
    record Blackholed(long connection, @Nullable Long atByte) implements LinkEvent {}

    /** The operator noticed an unencrypted upgrade. */
    record UpgradeBlocked(long connection, PlaintextUpgrade how) implements LinkEvent {}

    /** The connection is over on both sides. */
    record Closed(
            long connection, long upstreamBytes, long downstreamBytes, long upstreamPackets, long downstreamPackets)
            implements LinkEvent {}
}
