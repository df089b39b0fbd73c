package io.fieldloop.scenario.diagnose.conversation;

import io.fieldloop.scenario.diagnose.capture.CaptureInterface;
import io.fieldloop.scenario.diagnose.capture.CaptureReader;
import io.fieldloop.scenario.diagnose.capture.Fragments;
import io.fieldloop.scenario.diagnose.capture.Frame;
import io.fieldloop.scenario.diagnose.capture.NeighbourTable;
import io.fieldloop.scenario.diagnose.capture.Packet;
import io.fieldloop.scenario.diagnose.capture.Sightings;
import io.fieldloop.scenario.diagnose.name.NameTable;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.scenario.diagnose.tcp.TcpTable;
import io.fieldloop.scenario.diagnose.tls.Secrets;
import io.fieldloop.scenario.diagnose.voice.VoiceTable;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a capture once, from its first packet to its last, and hands on each connection when it is over. */
public final class CaptureStory {
    // Destination unreachable and packet too big, of ICMP and ICMPv6.
    private static final int UNREACHABLE_V4 = 3;
    private static final int UNREACHABLE_V6 = 1;
    private static final int TOO_BIG_V6 = 2;
    private static final int ICMP_HEADER_BYTES = 8;

    private final Secrets secrets;
    private final TcpTable<Conversation> tcp;
    private final NameTable names = new NameTable();
    private final VoiceTable voice = new VoiceTable();
    private final Frame frame = new Frame();
    private final Frame quoted = new Frame();
    private final Sightings sightings = new Sightings();
    private final Fragments parts = new Fragments();
    private final NeighbourTable neighbours = new NeighbourTable();
    private @Nullable CaptureInterface lastFrom;
    private int lastPoint;
    private long packets;
    private long lastNanos;
    private long notIp;
    private long cut;
    private long twice;
    private long copies;
    private long early;
    private long firstEarly;
    private boolean cutOff;

    /** @param secrets of a key log; those of the capture are added */
    public CaptureStory(Secrets secrets, Consumer<Connection> connections) {
        this.secrets = secrets;
        tcp = new TcpTable<>(
                () -> new Conversation(secrets),
                (connection, said) -> connections.accept(new Connection(connection, said)));
    }

    public void read(CaptureReader reader) throws IOException {
        for (Packet packet = reader.next(); packet != null; packet = reader.next()) {
            String lines = reader.newSecrets();
            if (!lines.isEmpty()) {
                secrets.add(lines);
            }
            packets++;
            if (packet.nanos() < lastNanos && firstEarly == 0) {
                firstEarly = packet.number();
            }
            early += packet.nanos() < lastNanos ? 1 : 0;
            cut += packet.captured() < packet.original() ? 1 : 0;
            lastNanos = Math.max(lastNanos, packet.nanos());
            if (frame.read(packet)) {
                take(packet);
            } else if (!neighbours.accept(packet)) {
                notIp++;
            }
        }
        cutOff = reader.isCutOff();
        tcp.end();
    }

    private void take(Packet packet) {
        int point = point(packet.from());
        if (frame.isFragment()) {
            Packet whole = parts.add(point, packet, frame);
            if (whole != null && frame.read(whole)) {
                take(point, whole);
            }
        } else {
            switch (sightings.of(point, packet, frame)) {
                case ELSEWHERE -> twice++;
                case COPY -> copies++;
                case FIRST -> take(point, packet);
            }
        }
    }

    private void take(int point, Packet packet) {
        switch (frame.protocol()) {
            case Frame.TCP -> tcp.accept(point, frame, packet.number(), packet.nanos());
            case Frame.UDP -> {
                boolean named = frame.sourcePort() == NameTable.PORT || frame.destinationPort() == NameTable.PORT;
                if (named && point == 0) {
                    names.accept(frame, packet.number(), packet.nanos());
                } else if (!named) {
                    voice.accept(point, frame, packet.number(), packet.nanos());
                }
            }
            default -> icmp(point, packet);
        }
    }

    private int point(CaptureInterface from) {
        if (!from.equals(lastFrom)) {
            lastFrom = from;
            lastPoint = Point.of(from.name());
        }
        return lastPoint;
    }

    private void icmp(int point, Packet packet) {
        int type = frame.icmpType();
        boolean about =
                frame.protocol() == Frame.ICMP ? type == UNREACHABLE_V4 : type == UNREACHABLE_V6 || type == TOO_BIG_V6;
        int typeAndCode = type << 8 | frame.icmpCode();
        if (about && quoted.readQuoted(frame, ICMP_HEADER_BYTES)) {
            if (quoted.protocol() == Frame.TCP) {
                tcp.unreachable(point, quoted, typeAndCode, packet.number(), packet.nanos());
            } else if (quoted.protocol() == Frame.UDP) {
                voice.unreachable(point, quoted, typeAndCode, packet.number(), packet.nanos());
            }
        }
    }

    public NameTable names() {
        return names;
    }

    public VoiceTable voice() {
        return voice;
    }

    /** The last packet so far, of whatever connection. */
    public Moment last() {
        return new Moment(packets, lastNanos);
    }

    public long packets() {
        return packets;
    }

    /** Packets that are not IP, or whose headers are not whole. */
    public long notIp() {
        return notIp;
    }

    /** Packets of which only a part is in the file. */
    public long cut() {
        return cut;
    }

    /** Packets of which the capture lacks a part. */
    public long fragments() {
        return parts.unfinished();
    }

    /** Packets that were captured at two interfaces of one machine. */
    public long twice() {
        return twice;
    }

    /** Packets that were captured more than once at one interface. */
    public long copies() {
        return copies;
    }

    /** Packets that stand behind later ones. */
    public long early() {
        return early;
    }

    /** The number of the first that does. */
    public long firstEarly() {
        return firstEarly;
    }

    /** Who asked for whom on the local network, and who answered. */
    public NeighbourTable neighbours() {
        return neighbours;
    }

    /** Whether the file ended in the middle of a packet. */
    public boolean isCutOff() {
        return cutOff;
    }
}
