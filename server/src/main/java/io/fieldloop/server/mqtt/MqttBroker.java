package io.fieldloop.server.mqtt;

import io.fieldloop.server.connection.LimitsConfig;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.session.SessionRegistry;
import io.fieldloop.server.voice.VoiceConfig;
import io.fieldloop.server.voice.VoicePort;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What all MQTT connections of a gateway share: its rules, the clients by name, and their topics. */
public final class MqttBroker {
    private final Stance stance;
    private final MqttConfig config;
    private final LimitsConfig limits;
    private final VoiceConfig voiceConfig;
    private final SessionRegistry sessions;
    private final Supplier<@Nullable VoicePort> voice;
    private final MqttCredentials credentials;
    private final TopicRights rights;
    private final Topics topics;
    private final Map<String, MqttClient> clients = new ConcurrentHashMap<>();
    private final Map<String, MqttClient> byReplyTopic = new ConcurrentHashMap<>();

    /**
     * A broker without clients.
     *
     * @param voice the port for audio, or null while or where there is none
     */
    public MqttBroker(
            Stance stance,
            MqttConfig config,
            LimitsConfig limits,
            VoiceConfig voiceConfig,
            SessionRegistry sessions,
            Supplier<@Nullable VoicePort> voice) {
        this.stance = stance;
        this.config = config;
        this.limits = limits;
        this.voiceConfig = voiceConfig;
        this.sessions = sessions;
        this.voice = voice;
        this.credentials = new MqttCredentials(config.signatureKey(), stance);
        this.rights = new TopicRights(credentials.required(), config.publishTopic());
        this.topics = new Topics(config.retainedMax());
    }

    boolean hardened() {
        return stance == Stance.HARDENED;
    }

    MqttConfig config() {
        return config;
    }

    LimitsConfig limits() {
        return limits;
    }

    VoiceConfig voiceConfig() {
        return voiceConfig;
    }

    SessionRegistry sessions() {
        return sessions;
    }

    @Nullable
    VoicePort voice() {
        return voice.get();
    }

    MqttCredentials credentials() {
        return credentials;
    }

    TopicRights rights() {
        return rights;
    }

    Topics topics() {
        return topics;
    }

    /** The client takes its name; whoever had it is returned. */
    @Nullable
    MqttClient enter(MqttClient client) {
        byReplyTopic.put(client.replyTopic(), client);
        return clients.put(client.id().text(), client);
    }

    /** The client is gone, and says its last will if it has one. */
    void leave(MqttClient client) {
        clients.remove(client.id().text(), client);
        byReplyTopic.remove(client.replyTopic(), client);
    }

    /** Gives a message to whoever wants it, and to the device whose topic it is; returns how many that were. */
    int publish(MqttClient from, Publication message) {
        if (message.retain()) {
            topics.keep(message, from.connection().nanoTime());
        }
        List<Subscription> listeners = topics.listeners(message.topic());
        MqttClient owner = from.replyTopic().equals(message.topic()) ? null : byReplyTopic.get(message.topic());
        int receivers = 0;
        for (Subscription one : listeners) {
            if (one.client() == owner) {
                owner = null;
            }
            if (one.client() != from || !one.noLocal()) {
                receivers++;
                one.client()
                        .deliver(
                                message,
                                Math.min(one.qos(), message.qos()),
                                one.retainAsPublished() && message.retain());
            }
        }
        if (owner != null) {
            receivers++;
            owner.deliver(message, 0, false);
        }
        return receivers;
    }

    /** What the gateway says to a device is heard by those who watch its topic. */
    void show(MqttClient device, Publication message) {
        for (Subscription one : topics.listeners(message.topic())) {
            if (one.client() != device) {
                one.client().deliver(message, 0, false);
            }
        }
    }
}
