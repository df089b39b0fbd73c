package io.fieldloop.server;

import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.fault.FaultPlan;
import io.fieldloop.server.guard.Admission;
import io.fieldloop.server.guard.Handshake;
import io.fieldloop.server.guard.HandshakeRules;
import io.fieldloop.server.guard.RefusalLedger;
import io.fieldloop.server.guard.RefusalReason;
import io.fieldloop.server.session.CannedReply;
import io.fieldloop.server.session.Sessions;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What all connections of one gateway share. */
final class GatewayParts {
    private final GatewayRuntime runtime;
    private final GatewayListener events;
    private final HandshakeRules rules;
    private final RefusalLedger ledger;
    private final Admission admission;
    private final Sessions sessions;
    private final OpenConnections connections = new OpenConnections();
    private final AtomicLong accepted = new AtomicLong();
    private volatile FaultPlan faults;
    private volatile boolean stopping;

    GatewayParts(GatewayConfig config, GatewayRuntime runtime, EventLoop home, GatewayListener events) {
        this.runtime = runtime;
        this.events = events;
        this.rules = new HandshakeRules(config.stance(), config.admission(), config.limits());
        this.ledger = new RefusalLedger(config.limits(), home, events);
        this.admission = new Admission(config.admission(), config.limits(), home, events);
        this.sessions = new Sessions(
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
    Connection newConnection(String listener, Channel channel) {
        ConnectionId id = new ConnectionId(accepted.incrementAndGet());
        connections.add(id, channel);
        return new Connection(id, listener, channel, runtime, events, faults.forNextConnection());
    }

    /** What is held against the source of a connection; the Python server holds nothing against anyone. */
    Optional<RefusalReason> admit(Connection connection, Channel channel) {
        if (!rules.hardened()) {
            return Optional.empty();
        }
        channel.closeFuture().addListener(closed -> admission.release(connection.source()));
        return admission.admit(connection.source());
    }

    void replaceFaults(List<Fault> next) {
        faults = new FaultPlan(next);
    }

    HandshakeRules rules() {
        return rules;
    }

    RefusalLedger ledger() {
        return ledger;
    }

    /** A handshake whose outcome goes to this gateway's books. */
    Handshake newHandshake(Connection connection, Optional<RefusalReason> sourceRefusal) {
        return new Handshake(connection, ledger, rules.hardened() ? admission : null, sourceRefusal);
    }

    /** For tests of its bounds. */
    Admission admission() {
        return admission;
    }

    Sessions sessions() {
        return sessions;
    }

    OpenConnections connections() {
        return connections;
    }

    void emit(GatewayEvent event) {
        events.onEvent(event);
    }

    boolean stopping() {
        return stopping;
    }

    void beginStopping() {
        stopping = true;
    }

    private void refusedLate(Connection connection, RefusalReason reason) {
        newHandshake(connection, Optional.empty()).refusedLate(reason, null);
    }
}
