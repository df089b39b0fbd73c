package io.fieldloop.server;

import io.fieldloop.server.connection.AdmissionConfig;
import io.fieldloop.server.connection.GatewayConfigException;
import io.fieldloop.server.connection.LimitsConfig;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.fault.FaultPlace;
import io.fieldloop.server.mqtt.MqttConfig;
import io.fieldloop.server.ota.OtaConfig;
import io.fieldloop.server.session.Session;
import io.fieldloop.server.session.SessionConfig;
import io.fieldloop.server.session.SessionHandler;
import io.fieldloop.server.voice.VoiceConfig;
import io.fieldloop.server.websocket.UpgradeRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything a gateway is told when it starts.
 *
 * @param sessionHandler who talks with each device in place of the xiaozhi conversation, or null for that
 * @param ota what OTA listeners tell devices
 */
public record GatewayConfig(
        List<ListenerConfig> listeners,
        Stance stance,
        AdmissionConfig admission,
        LimitsConfig limits,
        SessionConfig session,
        MqttConfig mqtt,
        VoiceConfig voice,
        @Nullable Function<Session, SessionHandler> sessionHandler,
        OtaConfig ota,
        List<Fault> faults) {
    /** The path devices are documented to use; the slash at its end is optional. */
    public static final String PATH = UpgradeRequest.DEVICE_PATH;

    public GatewayConfig {
        listeners = List.copyOf(listeners);
        faults = List.copyOf(faults);
        Set<String> names = new HashSet<>();
        for (ListenerConfig listener : listeners) {
            if (!names.add(listener.name())) {
                throw new GatewayConfigException(
                        "Two listeners are called \"" + listener.name() + "\"; give each its own name.");
            }
        }
        try {
            FaultPlace.requireAllCanAct(faults);
        } catch (IllegalArgumentException e) {
            throw new GatewayConfigException("The gateway's faults cannot all act: " + e.getMessage() + ".", e);
        }
        if (listeners.isEmpty()) {
            throw new GatewayConfigException("The gateway has no listener; configure at least one.");
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects the parts; what is not set is hardened and has the documented defaults. */
    public static final class Builder {
        private final List<ListenerConfig> listeners = new ArrayList<>();
        private final List<Fault> faults = new ArrayList<>();
        private Stance stance = Stance.HARDENED;
        private AdmissionConfig admission = AdmissionConfig.builder().build();
        private LimitsConfig limits = LimitsConfig.builder().build();
        private SessionConfig session = SessionConfig.builder().build();
        private MqttConfig mqtt = MqttConfig.builder().build();
        private VoiceConfig voice = VoiceConfig.builder().build();
        private @Nullable Function<Session, SessionHandler> sessionHandler;
        private OtaConfig ota = OtaConfig.builder().build();

        private Builder() {}

        public Builder listener(ListenerConfig listener) {
            listeners.add(listener);
            return this;
        }

        public Builder stance(Stance value) {
            stance = value;
            return this;
        }

        public Builder admission(AdmissionConfig value) {
            admission = value;
            return this;
        }

        public Builder limits(LimitsConfig value) {
            limits = value;
            return this;
        }

        public Builder session(SessionConfig value) {
            session = value;
            return this;
        }

        public Builder mqtt(MqttConfig value) {
            mqtt = value;
            return this;
        }

        public Builder voice(VoiceConfig value) {
            voice = value;
            return this;
        }

        /** Has a handler of its own talk with each device, such as {@code Echo::new}. */
        public Builder sessionHandler(Function<Session, SessionHandler> value) {
            sessionHandler = value;
            return this;
        }

        public Builder ota(OtaConfig value) {
            ota = value;
            return this;
        }

        public Builder fault(Fault fault) {
            faults.add(fault);
            return this;
        }

        public GatewayConfig build() {
            return new GatewayConfig(
                    listeners, stance, admission, limits, session, mqtt, voice, sessionHandler, ota, faults);
        }
    }
}
