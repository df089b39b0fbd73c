package io.fieldloop.scenario.rig.capture;

import io.fieldloop.device.link.event.LinkTap.Packet;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.qemu.link.packet.TcpEnds;
import io.fieldloop.qemu.link.packet.TcpSegment;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One connection told in TCP segments: numbers, acknowledgements, and segments no longer than Ethernet's. */
final class TcpSynthesizer {
    static final int SEGMENT_BYTES_MAX = 1460;
    private static final int DATA = TcpSegment.PSH | TcpSegment.ACK;

    private final Way upstream;
    private final Way downstream;
    private final Frames frames;
    private boolean over;

    /** Where the segments go; takes the frames over. */
    interface Frames {
        void offered(Direction direction, ByteBuf frame, @Nullable String comment);

        void delivered(Direction direction, ByteBuf frame, @Nullable String comment);
    }

    TcpSynthesizer(TcpEnds up, long connection, Frames frames) {
        // Any will do that tells connections and directions apart at a glance.
        upstream = new Way(up, (int) connection * 1_000_000);
        downstream = new Way(up.back(), (int) connection * 1_000_000 + 500_000);
        this.frames = frames;
    }

    void offered(Direction direction, Packet packet, @Nullable String fate) {
        Way way = way(direction);
        int acknowledged = way(direction.opposite()).arrived;
        if (packet instanceof Packet.Data data) {
            ByteBuf bytes = data.bytes();
            for (int at = 0; at < bytes.readableBytes(); at += SEGMENT_BYTES_MAX) {
                byte[] payload = piece(bytes, at);
                frames.offered(direction, way.ends.frame(DATA, way.sent, acknowledged, payload), fate);
                way.sent += payload.length;
            }
        } else {
            frames.offered(direction, way.ends.frame(flags(packet), way.sent, acknowledged), fate);
            way.sent += takesANumber(packet) ? 1 : 0;
        }
        way.underWay.add(new UnderWay(way.sent, acknowledged, packet.getClass()));
    }

    void delivered(Direction direction, Packet packet) {
        if (over && !way(direction).hasUnderWay(packet)) {
            return;
        }
        if (packet instanceof Packet.Data data) {
            deliver(direction, data.bytes());
        } else {
            deliverSignal(direction, packet);
        }
    }

    private void deliver(Direction direction, ByteBuf bytes) {
        Way way = way(direction);
        int acknowledged = way.arrives(bytes.readableBytes());
        for (int at = 0; at < bytes.readableBytes(); at += SEGMENT_BYTES_MAX) {
            byte[] payload = piece(bytes, at);
            frames.delivered(direction, way.ends.frame(DATA, way.arrived, acknowledged, payload), null);
            way.arrived += payload.length;
        }
    }

    private void deliverSignal(Direction direction, Packet packet) {
        Way way = way(direction);
        boolean made = !way.hasUnderWay(packet);
        int acknowledged = made ? way(direction.opposite()).sent : way.arrives(takesANumber(packet) ? 1 : 0);
        frames.delivered(
                direction, way.ends.frame(flags(packet), way.arrived, acknowledged), made ? "made by the link" : null);
        way.arrived += takesANumber(packet) ? 1 : 0;
        if (packet instanceof Packet.SynAck) {
            frames.offered(
                    Direction.UPSTREAM, upstream.ends.frame(TcpSegment.ACK, upstream.sent, downstream.arrived), null);
        } else if (packet instanceof Packet.Rst) {
            // One that the link makes goes to both ends.
            over = !made || way(direction.opposite()).isReset;
            way.isReset = true;
        }
    }

    private Way way(Direction direction) {
        return direction == Direction.UPSTREAM ? upstream : downstream;
    }

    private static int flags(Packet packet) {
        if (packet instanceof Packet.Syn) {
            return TcpSegment.SYN;
        } else if (packet instanceof Packet.SynAck) {
            return TcpSegment.SYN | TcpSegment.ACK;
        } else if (packet instanceof Packet.Fin) {
            return TcpSegment.FIN | TcpSegment.ACK;
        }
        return packet instanceof Packet.Rst ? TcpSegment.RST | TcpSegment.ACK : DATA;
    }

    private static boolean takesANumber(Packet packet) {
        return !(packet instanceof Packet.Rst);
    }

    private static byte[] piece(ByteBuf bytes, int at) {
        byte[] piece = new byte[Math.min(SEGMENT_BYTES_MAX, bytes.readableBytes() - at)];
        bytes.getBytes(bytes.readerIndex() + at, piece);
        return piece;
    }

    /** One direction: how far its sender is, and its receiver. */
    private static final class Way {
        private final TcpEnds ends;
        private final Deque<UnderWay> underWay = new ArrayDeque<>();
        private int sent;
        private int arrived;
        private boolean isReset;

        Way(TcpEnds ends, int first) {
            this.ends = ends;
            sent = first;
            arrived = first;
        }

        /** Takes off what has arrived with the next numbers; returns what it acknowledged when it was sent. */
        int arrives(int numbers) {
            int acknowledged = 0;
            while (!underWay.isEmpty() && underWay.peek().end() - (arrived + numbers) <= 0) {
                acknowledged = underWay.remove().acknowledged();
            }
            return acknowledged;
        }

        boolean hasUnderWay(Packet packet) {
            return underWay.stream().anyMatch(sent -> sent.kind() == packet.getClass());
        }
    }

    /** What was sent, up to which number, and what it acknowledged. */
    private record UnderWay(int end, int acknowledged, Class<?> kind) {}
}
