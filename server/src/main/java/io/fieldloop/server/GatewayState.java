package io.fieldloop.server;

import io.fieldloop.server.connection.Admission;
import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.HandshakeGuard;
import io.fieldloop.server.connection.OpenConnections;
import io.fieldloop.server.connection.RefusalLedger;
import io.fieldloop.server.event.ConnectionId;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayListener;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.fault.FaultPlan;
import io.fieldloop.server.session.CannedReply;
import io.fieldloop.server.session.SessionRegistry;
import io.fieldloop.server.websocket.HandshakeRules;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What all connections of one gateway share. */
public final class GatewayState {
    private final GatewayRuntime runtime;
    private final GatewayListener events;
    private final HandshakeRules rules;
    private final RefusalLedger ledger;
    private final Admission admission;
    private final SessionRegistry sessions;
    private final OpenConnections connections = new OpenConnections();
    private final AtomicLong accepted = new AtomicLong();
    private volatile FaultPlan faults;
    private volatile boolean stopping;

    GatewayState(GatewayConfig config, GatewayRuntime runtime, EventLoop home, GatewayListener events) {
        this.runtime = runtime;
        this.events = events;
        this.rules = new HandshakeRules(config.stance(), config.admission(), config.limits());
        this.ledger = new RefusalLedger(config.limits(), home, events);
        this.admission = new Admission(config.admission(), config.limits(), home, events);
        this.sessions = new SessionRegistry(
                config.session(),
                config.limits().hello(),
                config.stance(),
                runtime.random(),
                CannedReply.load(),
                this::refusedLate,
                connection -> admission.greeted(connection.source()));
        this.faults = new FaultPlan(config.faults());
    }

    /** Registers an accepted channel as a connection. */
    public Connection newConnection(String listener, Channel channel) {
        ConnectionId id = new ConnectionId(accepted.incrementAndGet());
        connections.add(id, channel);
        return new Connection(id, listener, channel, runtime, events, faults.forNextConnection());
    }

    /** What is held against the source of a connection; the Python server holds nothing against anyone. */
    public Optional<RefusalReason> admit(Connection connection, Channel channel) {
        if (!rules.hardened()) {
            return Optional.empty();
        }
        channel.closeFuture().addListener(closed -> admission.release(connection.source()));
        return admission.admit(connection.source());
    }

    void replaceFaults(List<Fault> next) {
        faults = new FaultPlan(next);
    }

    public HandshakeRules rules() {
        return rules;
    }

    RefusalLedger ledger() {
        return ledger;
    }

    /** A handshake whose outcome goes to this gateway's books. */
    public HandshakeGuard newHandshake(Connection connection, Optional<RefusalReason> sourceRefusal) {
        return new HandshakeGuard(connection, ledger, rules.hardened() ? admission : null, sourceRefusal);
    }

    /** For tests of its bounds. */
    Admission admission() {
        return admission;
    }

    public SessionRegistry sessions() {
        return sessions;
    }

    OpenConnections connections() {
        return connections;
    }

    void emit(GatewayEvent event) {
        events.onEvent(event);
    }

    public boolean stopping() {
        return stopping;
    }

    void beginStopping() {
        stopping = true;
    }

    private void refusedLate(Connection connection, RefusalReason reason) {
        newHandshake(connection, Optional.empty()).refusedLate(reason, null);
    }
}
