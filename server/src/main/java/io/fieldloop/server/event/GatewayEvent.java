package io.fieldloop.server.event;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened in a gateway; the closed list of what a journal can hold about it.
 *
 * <p>The kind is the record's name in kebab-case and the attributes are its components in order, so that the vocabulary cannot
 * drift from the code.
 */
public sealed interface GatewayEvent {
    /** Kebab-case, such as {@code handshake-refused}. */
    default String kind() {
        return WireNames.kind(getClass());
    }

    /** The connection it happened on, or null for what concerns the whole gateway. */
    @Nullable
    ConnectionId connection();

    /** Ordered; values are String, Long, Double, Boolean or Duration; what is unknown is absent. */
    default Map<String, Object> attributes() {
        return WireNames.attributes((Record) this);
    }

    /** What concerns the whole gateway rather than one connection. */
    sealed interface GatewayWide extends GatewayEvent {
        @Override
        default @Nullable ConnectionId connection() {
            return null;
        }
    }

    record ConnectionOpened(ConnectionId connection, String listener, InetAddress source) implements GatewayEvent {}

    /**
     * A trusted front said whom the connection comes from; from here on that is its source.
     *
     * @param by proxy-protocol, x-forwarded-for or forwarded
     */
    record SourcePassedOn(ConnectionId connection, InetAddress source, String by) implements GatewayEvent {}

    /** A header named another source, and was not believed; {@code source} is who sent it. */
    record ForwardedSourceIgnored(
            ConnectionId connection, InetAddress source, String header, String value, Because because)
            implements GatewayEvent {
        /** What speaks against the header. */
        public enum Because {
            /** Who sent it is no trusted front. */
            NOT_TRUSTED,
            /** It is a front's, and names no address. */
            NO_ADDRESS,
            /** It is a front's that names its device in this header alone, which is not read: many fronts pass on what a device wrote there. */
            NOT_READ
        }
    }

    /** The TLS handshake is done; {@code version} is written as {@code TLSv1.2}. One that is resumed shows no certificate. */
    record TlsEstablished(
            ConnectionId connection,
            String version,
            String suite,
            @Nullable String serverName,
            boolean resumed,
            Duration elapsed)
            implements GatewayEvent {}

    record HandshakeRefused(
            ConnectionId connection, @WireName("class") RefusalClass refusalClass, Refusal refusal)
            implements GatewayEvent {
        public HandshakeRefused(ConnectionId connection, Refusal refusal) {
            this(connection, refusal.refusalClass(), refusal);
        }
    }

    /** Refusals beyond the individually recorded ones of one source and class, counted over one window. */
    record RefusalsSummarised(
            @WireName("class") RefusalClass refusalClass,
            @Nullable InetAddress source,
            long repeats) implements GatewayWide {}

    record AlarmRaised(@WireName("class") RefusalClass refusalClass, double perSecond) implements GatewayWide {}

    record AlarmCleared(@WireName("class") RefusalClass refusalClass) implements GatewayWide {}

    record SourceBanned(InetAddress source, @WireName("for") Duration lasting) implements GatewayWide {}

    record SourceBanExpired(InetAddress source) implements GatewayWide {}

    record Upgraded(
            ConnectionId connection,
            @Nullable String deviceId,
            @Nullable String clientId,
            String path,
            int protocolVersion)
            implements GatewayEvent {}

    record HelloReceived(ConnectionId connection, int version, String transport) implements GatewayEvent {}

    record HelloSent(ConnectionId connection, String sessionId) implements GatewayEvent {}

    record MessageReceived(
            ConnectionId connection, String type, @Nullable String state) implements GatewayEvent {}

    record MessageSent(
            ConnectionId connection, String type, @Nullable String state) implements GatewayEvent {}

    /** One utterance of the device; bytes count Opus payload, not framing. */
    record AudioReceived(ConnectionId connection, long frames, long bytes) implements GatewayEvent {}

    /** One spoken reply; bytes count Opus payload, not framing. */
    record AudioSent(ConnectionId connection, long frames, long bytes) implements GatewayEvent {}

    record PingReceived(ConnectionId connection) implements GatewayEvent {}

    record PingSent(ConnectionId connection) implements GatewayEvent {}

    record PongReceived(ConnectionId connection) implements GatewayEvent {}

    /**
     * The device broke the protocol. Mostly the session goes on, as with a lying audio size; what ends one is told by its own
     * {@link SessionClosed} behind this, whose reason names no packet.
     */
    record ProtocolError(
            ConnectionId connection,
            Reason reason,
            @Nullable String detail) implements GatewayEvent {
        /** What was wrong; the last one is the gateway's own fault. */
        public enum Reason {
            NOT_JSON,
            MESSAGE_TYPE_MISSING,
            UNKNOWN_MESSAGE_TYPE,
            UNKNOWN_LISTEN_STATE,
            NO_HELLO,
            TOPIC_DENIED,
            PACKET_REFUSED,
            AUDIO_HEADER_TRUNCATED,
            AUDIO_VERSION_WRONG,
            AUDIO_TYPE_UNKNOWN,
            AUDIO_SIZE_WRONG,
            INTERNAL_ERROR
        }
    }

    /**
     * The connection of a device is over after it was upgraded, or after its MQTT CONNECT was accepted.
     *
     * @param code the WebSocket close code or the MQTT reason code that was sent or received, absent when the connection was just
     *     dropped
     */
    record SessionClosed(
            ConnectionId connection,
            CloseReason.By by,
            CloseReason reason,
            @Nullable Integer code,
            Duration duration) implements GatewayEvent {}

    /**
     * A device asked at the OTA listener.
     *
     * @param version what the device says it runs
     * @param offers {@code websocket}, {@code mqtt}, {@code websocket+mqtt} or {@code nothing}
     * @param firmware the version it is offered, absent where it is offered none
     * @param activation whether it is told to show a code
     */
    record OtaAnswered(
            ConnectionId connection,
            int status,
            @Nullable String deviceId,
            @Nullable String version,
            String offers,
            @Nullable String firmware,
            boolean activation)
            implements GatewayEvent {}

    /** A device asked whether it is bound by now: 200 it is, 202 it is not yet. */
    record ActivationAnswered(
            ConnectionId connection, int status, @Nullable String deviceId) implements GatewayEvent {}

    /** A download of firmware is over; {@code complete} says whether all of it was sent. */
    record FirmwareSent(ConnectionId connection, int status, long bytes, long of, boolean complete)
            implements GatewayEvent {}

    /**
     * An MQTT CONNECT was accepted.
     *
     * @param level 3, 4 (MQTT 3.1.1) or 5
     */
    record MqttConnected(
            ConnectionId connection, @Nullable String deviceId, String clientId, int level, Duration keepAlive)
            implements GatewayEvent {}

    /** A client publishes to whoever subscribed; {@code receivers} counts those that were there. */
    record Published(ConnectionId connection, String topic, int bytes, int qos, boolean retain, int receivers)
            implements GatewayEvent {}

    record Subscribed(ConnectionId connection, String filter, int qos) implements GatewayEvent {}

    record Unsubscribed(ConnectionId connection, String filter) implements GatewayEvent {}

    /** A hello opened a way for encrypted audio; {@code flow} is the connection id in its packets. */
    record VoiceOpened(ConnectionId connection, String listener, String flow) implements GatewayEvent {}

    /** Audio goes from now on to where the device's packets come from; {@code rebound} tells that it went elsewhere before. */
    record VoiceAddressLearned(ConnectionId connection, InetAddress source, int port, boolean rebound)
            implements GatewayEvent {}

    /** The first packet of a flow that was not taken for this reason; the others are counted when it closes. */
    record VoicePacketRefused(
            ConnectionId connection,
            VoiceRefusal reason,
            long sequence,
            @Nullable InetAddress source) implements GatewayEvent {}

    /** A way for audio is closed; what it carried from the device, what was missing of it, and what was sent. */
    record VoiceClosed(ConnectionId connection, VoiceQuality quality, Duration duration) implements GatewayEvent {}

    /** The first datagram of a source that belongs to no flow. */
    record StrangerDatagram(String listener, InetAddress source, VoiceRefusal reason, int bytes)
            implements GatewayWide {}

    /** What the protocol, or the gateway as it is set, lets others do; told once. */
    record SecurityNote(ConnectionId connection, Weakness weakness) implements GatewayEvent {
        /** What is weak. */
        public enum Weakness {
            /** Both directions encrypt with one key and counters that both start at 1: equal-length packets share their keystream. */
            KEYSTREAM_SHARED,
            /** A packet that was not even taken moved the downlink to where it came from. */
            DOWNLINK_TAKEN
        }
    }

    record CertificateSwapped(String serverName) implements GatewayWide {}

    record FaultApplied(ConnectionId connection, String fault, FaultPhase phase) implements GatewayEvent {}

    /**
     * A fault was put on while the gateway runs, by a person or a program.
     *
     * @param number the one to take it off by
     * @param what as it would stand in a scenario file
     * @param lasting how long it stays; absent for until it is taken off
     */
    record LiveFaultBegan(
            long number,
            String what,
            @WireName("for") @Nullable Duration lasting) implements GatewayWide {}

    /** It is over: its time has passed, or somebody took it off. */
    record LiveFaultEnded(long number, String what, boolean removed) implements GatewayWide {}

    /** The system gave a listener no socket for a connection that waits, as when no file descriptor is left. */
    record AcceptFailed(String listener, String error) implements GatewayWide {}

    record GatewayStarted() implements GatewayWide {}

    record GatewayStopped() implements GatewayWide {}
}
