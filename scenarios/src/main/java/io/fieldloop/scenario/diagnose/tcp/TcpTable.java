package io.fieldloop.scenario.diagnose.tcp;

import io.fieldloop.scenario.diagnose.capture.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All connections that are under way; each is handed on when it is over, when its ports are used again, or when there are too
 * many.
 *
 * @param <R> what reads their streams
 */
public final class TcpTable<R extends StreamReader> {
    private static final int CONNECTIONS_MAX = 20_000;

    /** A quarter of a heap of 512 MiB, however few connections they are. */
    private static final long BYTES_MAX = 128L << 20;

    private final Supplier<R> readers;
    private final BiConsumer<TcpConnection, R> finished;
    private final Map<FlowKey, Open<R>> open = new HashMap<>();
    private final FlowKey key = new FlowKey();
    private FlowKey lastKey = new FlowKey();
    private @Nullable Open<R> last;

    private long footprint;

    /** A connection under way, and how much it was last seen to hold. */
    private static final class Open<R extends StreamReader> {
        private final TcpConnection connection;
        private final R reader;
        private int footprint;

        Open(TcpConnection connection, R reader) {
            this.connection = connection;
            this.reader = reader;
        }

        TcpConnection connection() {
            return connection;
        }

        /** By how much it holds more than when this was last asked. */
        int grown() {
            int before = footprint;
            footprint = reader.footprint()
                    + connection.client().footprint()
                    + connection.server().footprint();
            return footprint - before;
        }
    }

    /**
     * @param readers makes what reads a connection's streams
     * @param finished takes each connection once
     */
    public TcpTable(Supplier<R> readers, BiConsumer<TcpConnection, R> finished) {
        this.readers = readers;
        this.finished = finished;
    }

    /** A TCP packet that was captured at that point. */
    public void accept(int point, Frame frame, long packet, long nanos) {
        key.set(point, frame);
        Open<R> one = last != null && key.equals(lastKey) ? last : open.get(key);
        boolean opens = (frame.flags() & (TcpConnection.SYN | TcpConnection.ACK)) == TcpConnection.SYN;
        if (one != null && opens && one.connection().isOver(frame)) {
            finish(one);
            one = null;
        }
        if (one == null) {
            one = open(frame, opens);
        }
        if (!key.equals(lastKey)) {
            lastKey = key.copy();
        }
        last = one;
        one.connection().accept(frame, packet, nanos);
        footprint += one.grown();
        if (footprint > BYTES_MAX) {
            evict();
        }
    }

    private Open<R> open(Frame frame, boolean opens) {
        if (open.size() >= CONNECTIONS_MAX) {
            evict();
        }
        R reader = readers.get();
        Open<R> one = new Open<>(new TcpConnection(key.point(), ends(frame, opens), reader), reader);
        open.put(key.copy(), one);
        return one;
    }

    /** In the middle of a connection the end with the lower port is taken for the server. */
    private static Ends ends(Frame frame, boolean opens) {
        Ends ofSender = Ends.ofSender(frame);
        boolean answers = (frame.flags() & TcpConnection.SYN) != 0;
        boolean fromClient = opens || (!answers && frame.sourcePort() >= frame.destinationPort());
        return fromClient ? ofSender : ofSender.swapped();
    }

    /** An ICMP error about the packet that this frame quotes. */
    public void unreachable(int point, Frame quoted, int code, long packet, long nanos) {
        key.set(point, quoted);
        Open<R> one = open.get(key);
        if (one != null) {
            one.connection().unreachable(code, new Moment(packet, nanos));
        }
    }

    private void evict() {
        List<Map.Entry<FlowKey, Open<R>>> oldest = new ArrayList<>(open.entrySet());
        oldest.sort(
                Comparator.comparingLong(entry -> entry.getValue().connection().lastNanos()));
        for (Map.Entry<FlowKey, Open<R>> entry : oldest.subList(0, (oldest.size() + 3) / 4)) {
            open.remove(entry.getKey());
            finish(entry.getValue());
        }
        last = null;
    }

    /** The capture is over: all that are left are handed on, the earliest first. */
    public void end() {
        List<Open<R>> left = new ArrayList<>(open.values());
        open.clear();
        left.sort(Comparator.comparing(one -> one.connection().first()));
        left.forEach(this::finish);
    }

    private void finish(Open<R> one) {
        footprint -= one.footprint;
        one.connection().end();
        finished.accept(one.connection(), one.reader);
    }
}
