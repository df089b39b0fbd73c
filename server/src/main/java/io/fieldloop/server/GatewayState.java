package io.fieldloop.server;

import io.fieldloop.server.connection.AdmissionStage;
import io.fieldloop.server.connection.ConnectionRegistry;
import io.fieldloop.server.connection.ProtocolInitializer;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayListener;
import io.fieldloop.server.mqtt.MqttBroker;
import io.fieldloop.server.mqtt.MqttInitializer;
import io.fieldloop.server.ota.OtaDesk;
import io.fieldloop.server.ota.OtaInitializer;
import io.fieldloop.server.session.SessionRegistry;
import io.fieldloop.server.tls.TlsAcceptor;
import io.fieldloop.server.voice.VoiceInitializer;
import io.fieldloop.server.voice.VoicePort;
import io.fieldloop.server.websocket.HandshakeRules;
import io.fieldloop.server.websocket.WebSocketInitializer;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What all listeners of one gateway share. */
final class GatewayState {
    private final GatewayListener events;
    private final HandshakeRules rules;
    private final ConnectionRegistry connections;
    private final SessionRegistry sessions;
    private final OtaDesk ota;
    private final MqttBroker broker;
    private final GatewayConfig config;
    private final List<VoicePort> voicePorts = new CopyOnWriteArrayList<>();

    GatewayState(GatewayConfig config, GatewayRuntime runtime, EventLoop home, GatewayListener events) {
        this.events = events;
        this.config = config;
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
        this.broker = new MqttBroker(
                config.stance(), config.mqtt(), config.limits(), config.voice(), sessions, this::voicePort);
    }

    /** What builds the pipeline of each connection a listener accepts. */
    AdmissionStage initializer(ListenerConfig listener, @Nullable TlsAcceptor tls) {
        return new AdmissionStage(listener.name(), listener.getClass(), connections, protocol(listener, tls));
    }

    private ProtocolInitializer protocol(ListenerConfig listener, @Nullable TlsAcceptor tls) {
        if (listener instanceof ListenerConfig.Ota) {
            return new OtaInitializer(ota, tls);
        }
        return listener instanceof ListenerConfig.Mqtt
                ? new MqttInitializer(broker, tls)
                : new WebSocketInitializer(rules, sessions, tls);
    }

    /** What builds the pipeline of a voice port. */
    VoiceInitializer voice(ListenerConfig.Voice listener) {
        return new VoiceInitializer(listener.name(), config.voice(), config.stance(), events, voicePorts::add);
    }

    List<VoicePort> voicePorts() {
        return List.copyOf(voicePorts);
    }

    private @Nullable VoicePort voicePort() {
        return voicePorts.isEmpty() ? null : voicePorts.get(0);
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
