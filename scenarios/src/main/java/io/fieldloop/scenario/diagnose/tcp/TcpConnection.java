package io.fieldloop.scenario.diagnose.tcp;

import io.fieldloop.scenario.diagnose.capture.Frame;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One connection: how it opened, its two halves, how it ended. */
public final class TcpConnection {
    static final int FIN = 0x01;
    static final int SYN = 0x02;
    static final int RST = 0x04;
    static final int ACK = 0x10;

    private final int point;
    private final Ends ends;
    private final Half client;
    private final Half server;
    private int syns;
    private int firstSequence;
    private @Nullable Moment syn;
    private @Nullable Moment lastSyn;
    private @Nullable Moment synAck;
    private @Nullable Moment unreachable;
    private int unreachableCode;
    private @Nullable Moment first;
    private long longestSilence;
    private @Nullable Moment afterSilence;
    private boolean silenceEndedByClient;
    private long lastNanos;
    private boolean inOrder = true;

    TcpConnection(int point, Ends ends, StreamReader reader) {
        this.point = point;
        this.ends = ends;
        client = new Half(true, reader);
        server = new Half(false, reader);
    }

    /** A packet of this connection. */
    void accept(Frame frame, long packet, long nanos) {
        boolean fromClient = ends.isFromClient(frame);
        long idle = observeSilence(fromClient, packet, nanos);
        int flags = frame.flags();
        Half sender = fromClient ? client : server;
        Half receiver = fromClient ? server : client;
        if ((flags & SYN) != 0) {
            open(fromClient, sender, frame, new Moment(packet, nanos));
            return;
        }
        sender.accept(frame, packet, nanos, receiver.closedSince() != null, idle);
        if ((flags & ACK) != 0 && (flags & RST) == 0 && receiver.isBegun()) {
            receiver.acknowledged(frame.acknowledgement(), nanos, frame.payloadBytesOnWire() == 0);
        }
    }

    /** Returns how long neither end had sent anything. */
    private long observeSilence(boolean fromClient, long packet, long nanos) {
        long idle = first == null ? 0 : nanos - lastNanos;
        if (first == null) {
            first = new Moment(packet, nanos);
        } else if (idle > longestSilence) {
            longestSilence = idle;
            afterSilence = new Moment(packet, nanos);
            silenceEndedByClient = fromClient;
        }
        inOrder &= first.nanos() <= nanos && lastNanos <= nanos;
        lastNanos = Math.max(lastNanos, nanos);
        return idle;
    }

    private void open(boolean fromClient, Half sender, Frame frame, Moment moment) {
        if (fromClient) {
            syns++;
            syn = syn == null ? moment : syn;
            lastSyn = moment;
            firstSequence = frame.sequence();
        } else {
            synAck = synAck == null ? moment : synAck;
        }
        if (!sender.isBegun()) {
            sender.begin(frame.sequence());
        }
    }

    /** Whether this SYN opens another connection between the same ports. */
    boolean isOver(Frame frame) {
        boolean another = syn == null || firstSequence != frame.sequence();
        return another && (isClosed() || synAck != null || server.packets() > 0);
    }

    private boolean isClosed() {
        return client.reset() != null || server.reset() != null || (client.fin() != null && server.fin() != null);
    }

    void unreachable(int code, Moment moment) {
        if (unreachable == null) {
            unreachable = moment;
            unreachableCode = code;
        }
    }

    void end() {
        client.end();
        server.end();
    }

    long lastNanos() {
        return lastNanos;
    }

    /** At which of the capture's points it was seen. */
    public int point() {
        return point;
    }

    public Ends ends() {
        return ends;
    }

    public Half client() {
        return client;
    }

    public Half server() {
        return server;
    }

    /** How often the client asked. */
    public int syns() {
        return syns;
    }

    /** Whether its packets stand in the file as they were captured; an answer may stand before its question elsewhere. */
    public boolean isInOrder() {
        return inOrder;
    }

    /** Whether all that both ends said is there, from the beginning on and in order: only then may it be said that nothing failed. */
    public boolean isWhole() {
        return syn != null && inOrder && client.missing() + server.missing() == 0;
    }

    /** Null where the capture began in the middle of the connection. */
    public @Nullable Moment syn() {
        return syn;
    }

    public @Nullable Moment synAck() {
        return synAck;
    }

    /** An ICMP error about it. */
    public @Nullable Moment unreachable() {
        return unreachable;
    }

    /** Type and code of that error. */
    public int unreachableCode() {
        return unreachableCode;
    }

    public Moment first() {
        return Objects.requireNonNull(first);
    }

    /** The last packet of either end. */
    public Moment last() {
        return Objects.requireNonNullElse(Moment.later(client.last(), server.last()), lastSynOrFirst());
    }

    private Moment lastSynOrFirst() {
        Moment opened = Moment.later(lastSyn, synAck);
        return opened == null ? first() : opened;
    }

    /** The longest time in which neither end sent anything. */
    public long longestSilenceNanos() {
        return longestSilence;
    }

    /** The packet that ended it. */
    public @Nullable Moment afterSilence() {
        return afterSilence;
    }

    public boolean isSilenceEndedByClient() {
        return silenceEndedByClient;
    }
}
