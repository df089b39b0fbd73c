package io.fieldloop.server.connection;

import io.fieldloop.server.event.ConnectionId;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayListener;
import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.fault.FaultPlan;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The open connections of a gateway in the order of acceptance, and what they share: identities, faults, admission and books.
 *
 * <p>Netty's own channel group orders by channel id, which differs from run to run, and so would the order of closes in a journal.
 */
public final class ConnectionRegistry {
    private final ConnectionRuntime runtime;
    private final GatewayListener events;
    private final RefusalLedger ledger;
    private final Admission admission;
    private final RefusalRecorder recorder;
    private final Map<ConnectionId, Channel> open = new ConcurrentHashMap<>();
    private final AtomicLong accepted = new AtomicLong();
    private volatile FaultPlan faults;

    /**
     * Creates the empty set of connections of a gateway.
     *
     * @param home the loop on which bans and alarms end
     */
    public ConnectionRegistry(
            ConnectionRuntime runtime,
            Stance stance,
            AdmissionConfig admission,
            LimitsConfig limits,
            EventLoop home,
            GatewayListener events,
            List<Fault> faults) {
        this.runtime = runtime;
        this.events = events;
        this.ledger = new RefusalLedger(limits, home, events);
        this.admission = new Admission(admission, limits, home, events);
        // The Python server holds nothing against anyone.
        this.recorder = new RefusalRecorder(ledger, stance == Stance.HARDENED ? this.admission : null, admission);
        this.faults = new FaultPlan(faults);
    }

    /** @param kind the kind of its listener; faults count connections per kind */
    Connection register(String listener, Class<?> kind, Channel channel) {
        ConnectionId id = new ConnectionId(accepted.incrementAndGet());
        open.put(id, channel);
        channel.closeFuture().addListener(closed -> open.remove(id));
        Connection connection =
                new Connection(id, listener, channel, runtime, events, recorder, faults.forNextConnection(kind));
        connection.emit(new GatewayEvent.ConnectionOpened(id, listener, connection.source()));
        return connection;
    }

    /** Connections accepted from now on have these faults, and their ordinals count anew. */
    public void replaceFaults(List<Fault> next) {
        faults = new FaultPlan(next);
    }

    public RefusalLedger ledger() {
        return ledger;
    }

    /** How many sources are remembered now. */
    public int sourcesRemembered() {
        return admission.remembered();
    }

    public int count() {
        return open.size();
    }

    public void closeAll() {
        inOrder(open).forEach(Channel::close);
    }

    /** Completes when every connection that is open now is closed. */
    public CompletableFuture<Void> allClosed() {
        List<CompletableFuture<Void>> closes =
                inOrder(open).map(channel -> closed(channel.closeFuture())).toList();
        return CompletableFuture.allOf(closes.toArray(CompletableFuture<?>[]::new));
    }

    /** What connections have, in the order of acceptance: sorted only when that is asked for, which is rare beside their coming and going. */
    public static <T> Stream<T> inOrder(Map<ConnectionId, T> byConnection) {
        return byConnection.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue);
    }

    /** Completes with the end of a channel. */
    public static CompletableFuture<Void> closed(ChannelFuture closeFuture) {
        CompletableFuture<Void> completion = new CompletableFuture<>();
        closeFuture.addListener(closed -> completion.complete(null));
        return completion;
    }
}
