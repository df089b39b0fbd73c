package io.fieldloop.server;

import io.fieldloop.server.connection.AdmissionStage;
import io.fieldloop.server.connection.ConnectionRegistry;
import io.fieldloop.server.connection.ProtocolInitializer;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayListener;
import io.fieldloop.server.ota.OtaDesk;
import io.fieldloop.server.ota.OtaInitializer;
import io.fieldloop.server.session.SessionRegistry;
import io.fieldloop.server.tls.TlsAcceptor;
import io.fieldloop.server.websocket.HandshakeRules;
import io.fieldloop.server.websocket.WebSocketInitializer;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/** What all listeners of one gateway share. */
final class GatewayState {
    private final GatewayListener events;
    private final HandshakeRules rules;
    private final ConnectionRegistry connections;
    private final SessionRegistry sessions;
    private final OtaDesk ota;

    GatewayState(GatewayConfig config, GatewayRuntime runtime, EventLoop home, GatewayListener events) {
        this.events = events;
        this.rules = new HandshakeRules(config.stance(), config.admission(), config.limits());
        this.connections = new ConnectionRegistry(
                runtime, config.stance(), config.admission(), config.limits(), home, events, config.faults());
        this.sessions = new SessionRegistry(
                config.session(), config.limits().hello(), config.stance(), runtime.random(), config.sessionHandler());
        this.ota = new OtaDesk(
                config.stance(),
                config.ota(),
                config.admission(),
                config.limits(),
                runtime.random(),
                sessions::stopping);
    }

    /** What builds the pipeline of each connection a listener accepts. */
    AdmissionStage initializer(ListenerConfig listener, @Nullable TlsAcceptor tls) {
        return new AdmissionStage(listener.name(), listener.getClass(), connections, protocol(listener, tls));
    }

    private ProtocolInitializer protocol(ListenerConfig listener, @Nullable TlsAcceptor tls) {
        return listener instanceof ListenerConfig.Ota
                ? new OtaInitializer(ota, tls)
                : new WebSocketInitializer(rules, sessions, tls);
    }

    ConnectionRegistry connections() {
        return connections;
    }

    SessionRegistry sessions() {
        return sessions;
    }

    void emit(GatewayEvent event) {
        events.onEvent(event);
    }
}
