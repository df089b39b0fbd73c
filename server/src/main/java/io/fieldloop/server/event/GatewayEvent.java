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
        return WireNames.kebab(getClass().getSimpleName());
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

    /** The TLS handshake is done; {@code version} is written as {@code TLSv1.2}. */
    record TlsEstablished(
            ConnectionId connection,
            String version,
            String suite,
            @Nullable String serverName,
            Duration elapsed) implements GatewayEvent {}

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

    /** The device broke the protocol in a way that does not end the session, such as a lying audio size. */
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
            AUDIO_HEADER_TRUNCATED,
            AUDIO_VERSION_WRONG,
            AUDIO_TYPE_UNKNOWN,
            AUDIO_SIZE_WRONG,
            INTERNAL_ERROR
        }
    }

    /**
     * An upgraded connection is over.
     *
     * @param code the WebSocket close code that was sent or received, absent when the connection was just dropped
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

    record CertificateSwapped(String serverName) implements GatewayWide {}

    record FaultApplied(ConnectionId connection, String fault, FaultPhase phase) implements GatewayEvent {}

    /** The system gave a listener no socket for a connection that waits, as when no file descriptor is left. */
    record AcceptFailed(String listener, String error) implements GatewayWide {}

    record GatewayStarted() implements GatewayWide {}

    record GatewayStopped() implements GatewayWide {}
}
