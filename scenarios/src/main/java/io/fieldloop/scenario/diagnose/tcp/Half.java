package io.fieldloop.scenario.diagnose.tcp;

import io.fieldloop.scenario.diagnose.capture.Frame;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one end of a connection sent: its stream put in order, and how it fared.
 *
 * <p>A segment that comes again is counted and not read twice; one that comes early waits for what is before it, until the other
 * end acknowledges that, which says that only the capture has missed it.
 */
public final class Half {
    private static final int WAITING_BYTES_MAX = 256 * 1024;
    private static final int WAITING_SEGMENTS_MAX = 512;
    private static final int PROBE_BYTES_MAX = 1;

    /** Further ahead than any window reaches: a number that belongs to no part of this stream. */
    private static final int FAR = 1 << 30;

    private final boolean client;
    private final StreamReader reader;
    private @Nullable TreeMap<Long, Waiting> waiting;
    private int waitingBytes;
    private boolean begun;
    // Sequence numbers counted on from 32 bits: they wrap around after 4 GiB.
    private long next;
    private long acknowledgedByPeer;

    private long packets;
    private long segments;
    private long bytes;
    private long early;
    private long missing;
    private long windowProbes;
    private long pureAcknowledgements;
    private int timeToLive;
    private int timeToLiveOfReset;
    private @Nullable Moment lastBytes;
    private @Nullable Moment last;
    private @Nullable Moment fin;
    private @Nullable Moment reset;
    private @Nullable Moment zeroWindow;
    private @Nullable Moment closedSince;
    private final Passage passage = new Passage();
    private @Nullable Moment hole;
    private long holeBytes;

    /** A segment that came early. */
    private static final class Waiting {
        private final byte[] bytes;
        private final int missing;
        private final Moment at;

        Waiting(byte[] bytes, int missing, Moment at) {
            this.bytes = bytes;
            this.missing = missing;
            this.at = at;
        }
    }

    Half(boolean client, StreamReader reader) {
        this.client = client;
        this.reader = reader;
    }

    /** A SYN, with or without ACK: the stream begins behind its number. */
    void begin(int sequence) {
        begun = true;
        next = Integer.toUnsignedLong(sequence + 1);
        acknowledgedByPeer = next;
    }

    boolean isBegun() {
        return begun;
    }

    /**
     * Takes a packet that this end sent, but for its SYN.
     *
     * @param mayNot whether the other end has said that it has no room for any
     * @param idleNanos how long neither end had sent anything
     */
    void accept(Frame frame, long packet, long nanos, boolean mayNot, long idleNanos) {
        packets++;
        int flags = frame.flags();
        int length = frame.payloadBytesOnWire();
        if ((flags & TcpConnection.RST) != 0) {
            if (reset == null) {
                reset = new Moment(packet, nanos);
                timeToLiveOfReset = frame.timeToLive();
            }
            last = new Moment(packet, nanos);
            return;
        }
        timeToLive = frame.timeToLive();
        if (frame.window() == 0 && zeroWindow == null && (flags & TcpConnection.ACK) != 0) {
            zeroWindow = new Moment(packet, nanos);
        }
        if (frame.window() != 0) {
            closedSince = null;
        } else if (closedSince == null) {
            closedSince = new Moment(packet, nanos);
        }
        if (!begun) {
            begun = true;
            next = Integer.toUnsignedLong(frame.sequence());
            acknowledgedByPeer = next;
        }
        long at = next + (frame.sequence() - (int) next);
        Moment moment = new Moment(packet, nanos);
        last = moment;
        if (length > 0) {
            payload(frame, at, length, moment, mayNot, idleNanos);
        } else if ((flags & TcpConnection.FIN) == 0) {
            pureAcknowledgements++;
        }
        if ((flags & TcpConnection.FIN) != 0 && fin == null) {
            fin = moment;
        }
    }

    private void payload(Frame frame, long at, int length, Moment moment, boolean mayNot, long idleNanos) {
        if (mayNot && isProbe(at, length)) {
            windowProbes++;
            if (at + length > next) {
                deliver(frame, at, length, moment);
                deliverWaiting();
            }
            return;
        }
        if (length <= PROBE_BYTES_MAX && at == next - 1) {
            return; // to keep the connection alive
        }
        segments++;
        if (at > next) {
            early++;
            wait(frame, at, length, moment);
        } else if (at + length <= next) {
            passage.repeated(at, length, moment);
        } else {
            deliver(frame, at, length, moment);
            passage.sent(next, next - acknowledgedByPeer, idleNanos, moment);
            deliverWaiting();
        }
    }

    /**
     * What is sent though the other end has no room only asks whether it has some: a byte, new or not (RFC 9293 3.8.6.1), or, from Linux,
     * what it had no room for ("Our retransmits become zero probes", tcp_retransmit_timer). Nothing was lost on the way.
     */
    private boolean isProbe(long at, int length) {
        return at + length <= next || (length <= PROBE_BYTES_MAX && at == next);
    }

    private void deliver(Frame frame, long at, int length, Moment moment) {
        int skipped = (int) (next - at);
        int there = frame.payloadBytes() - skipped;
        if (there > 0) {
            read(frame.bytes(), frame.payloadAt() + skipped, there, moment);
        }
        int cut = length - skipped - Math.max(0, there);
        if (cut > 0) {
            skip(cut);
        }
    }

    private void read(byte[] array, int offset, int length, Moment moment) {
        next += length;
        bytes += length;
        lastBytes = moment;
        reader.bytes(client, array, offset, length, moment.packet(), moment.nanos());
    }

    private void skip(long length) {
        next += length;
        missing += length;
        reader.gap(client);
    }

    private void wait(Frame frame, long at, int length, Moment moment) {
        if (at - next > FAR || (waiting != null && waiting.containsKey(at))) {
            return;
        }
        if (waiting == null) {
            waiting = new TreeMap<>();
        }
        int from = frame.payloadAt();
        byte[] copy = Arrays.copyOfRange(frame.bytes(), from, from + frame.payloadBytes());
        waiting.put(at, new Waiting(copy, length - copy.length, moment));
        waitingBytes += copy.length;
        if (acknowledgedByPeer >= at || waitingBytes > WAITING_BYTES_MAX || waiting.size() > WAITING_SEGMENTS_MAX) {
            skip(waiting.firstKey() - next);
            deliverWaiting();
        }
    }

    private void deliverWaiting() {
        if (waiting == null) {
            return;
        }
        Iterator<Map.Entry<Long, Waiting>> segmentsLeft = waiting.entrySet().iterator();
        while (segmentsLeft.hasNext()) {
            Map.Entry<Long, Waiting> entry = segmentsLeft.next();
            long at = entry.getKey();
            if (at > next) {
                break;
            }
            Waiting segment = entry.getValue();
            segmentsLeft.remove();
            int there = segment.bytes.length;
            waitingBytes -= there;
            int skipped = (int) Math.min(Integer.MAX_VALUE, next - at);
            if (skipped < there) {
                read(segment.bytes, skipped, there - skipped, segment.at);
            }
            if (segment.missing > 0 && at + there + segment.missing > next) {
                skip(at + there + segment.missing - next);
            }
        }
        if (waiting.isEmpty()) {
            waiting = null;
        }
    }

    /** The other end acknowledges up to this number. */
    void acknowledged(int acknowledgement, long nanos, boolean alone) {
        long upTo = next + (acknowledgement - (int) next);
        acknowledgedByPeer = Math.max(acknowledgedByPeer, upTo);
        passage.acknowledged(upTo, nanos, alone);
        if (waiting != null && acknowledgedByPeer >= waiting.firstKey() && waiting.firstKey() > next) {
            skip(waiting.firstKey() - next);
            deliverWaiting();
        }
    }

    /** No more packets will come: what waited is read after all. */
    void end() {
        if (waiting != null) {
            hole = waiting.firstEntry().getValue().at;
            holeBytes = waiting.firstKey() - next;
        }
        while (waiting != null) {
            skip(Math.max(0, waiting.firstKey() - next));
            deliverWaiting();
        }
    }

    int footprint() {
        return waitingBytes;
    }

    public long packets() {
        return packets;
    }

    /** Packets with payload, but for such as only ask something. */
    public long segments() {
        return segments;
    }

    /** Payload in order, each byte once. */
    public long bytes() {
        return bytes;
    }

    /** Segments that came before one that belongs in front of them. */
    public long early() {
        return early;
    }

    /** Bytes that the capture does not have. */
    public long missing() {
        return missing;
    }

    /** Segments that only asked whether the other end has room again. */
    public long windowProbes() {
        return windowProbes;
    }

    /** Packets with nothing but an acknowledgement. */
    public long pureAcknowledgements() {
        return pureAcknowledgements;
    }

    /** Of this end's last packet that was no reset; 0 where there was none. */
    public int timeToLive() {
        return timeToLive;
    }

    public int timeToLiveOfReset() {
        return timeToLiveOfReset;
    }

    public @Nullable Moment lastBytes() {
        return lastBytes;
    }

    /** Its last packet of whatever kind. */
    public @Nullable Moment last() {
        return last;
    }

    public @Nullable Moment fin() {
        return fin;
    }

    public @Nullable Moment reset() {
        return reset;
    }

    public @Nullable Moment zeroWindow() {
        return zeroWindow;
    }

    /** Since when it has had no room for more and never had any again; null where its last word was otherwise. */
    public @Nullable Moment closedSince() {
        return closedSince;
    }

    /** How its segments came through. */
    public Passage passage() {
        return passage;
    }

    /** The first packet behind a hole that was never filled; null where there was none. */
    public @Nullable Moment hole() {
        return hole;
    }

    public long holeBytes() {
        return holeBytes;
    }

    /** Whether the other end has acknowledged all that was sent. */
    public boolean isAcknowledged() {
        return acknowledgedByPeer >= next;
    }
}
