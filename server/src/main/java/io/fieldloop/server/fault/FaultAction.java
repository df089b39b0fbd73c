package io.fieldloop.server.fault;

import static io.fieldloop.server.fault.FaultPlace.ACCEPTANCE;
import static io.fieldloop.server.fault.FaultPlace.ACCEPT_HEADER;
import static io.fieldloop.server.fault.FaultPlace.CONNACK;
import static io.fieldloop.server.fault.FaultPlace.FIRST_FRAME;
import static io.fieldloop.server.fault.FaultPlace.HEADER_NAMES;
import static io.fieldloop.server.fault.FaultPlace.HELLO_TEXT;
import static io.fieldloop.server.fault.FaultPlace.HELLO_TIME;
import static io.fieldloop.server.fault.FaultPlace.HELLO_UDP;
import static io.fieldloop.server.fault.FaultPlace.PINGS;
import static io.fieldloop.server.fault.FaultPlace.READING;
import static io.fieldloop.server.fault.FaultPlace.RESPONSE_TIME;
import static io.fieldloop.server.fault.FaultPlace.RESPONSE_WRITES;
import static io.fieldloop.server.fault.FaultPlace.SENT_BYTES;
import static io.fieldloop.server.fault.FaultPlace.SESSION_END;
import static io.fieldloop.server.fault.FaultPlace.STATUS_LINE;
import static io.fieldloop.server.fault.FaultPlace.TLS_END;
import static io.fieldloop.server.fault.FaultPlace.TLS_RECORDS;
import static io.fieldloop.server.fault.FaultPlace.TLS_TICKET;
import static io.fieldloop.server.fault.FaultPlace.TLS_TIME;
import static io.fieldloop.server.fault.FaultPlace.VOICE_SEQUENCE;

import io.fieldloop.server.event.FaultPhase;
import io.fieldloop.server.event.WireNames;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One way to bend what the gateway does, as data.
 *
 * <p>The record's name and components in kebab-case are the words of a scenario file: {@code {do: redirect, to: ..., status: 301}}.
 */
public sealed interface FaultAction
        permits FaultAction.AcceptFault,
                FaultAction.TlsFault,
                FaultAction.UpgradeFault,
                FaultAction.ConnackFault,
                FaultAction.HelloFault,
                FaultAction.SessionFault,
                OtaFault {
    FaultPhase phase();

    /** Kebab-case, such as {@code reset-after-bytes}. */
    default String wireName() {
        return WireNames.kebab(getClass().getSimpleName());
    }

    /** Acts on the connection as soon as it is accepted. */
    sealed interface AcceptFault extends FaultAction {
        @Override
        default FaultPhase phase() {
            return FaultPhase.ACCEPT;
        }
    }

    /** Acts in the TLS handshake; without effect on a plain listener. */
    sealed interface TlsFault extends FaultAction {
        @Override
        default FaultPhase phase() {
            return FaultPhase.TLS;
        }
    }

    /** Ends the TLS handshake before it is complete. */
    @Decides(TLS_END)
    sealed interface TlsEnd extends TlsFault {}

    /** Acts where one message of the gateway's handshake belongs; what comes before it is sent. */
    sealed interface HandshakeFault extends TlsEnd {
        @Param("The first message that is not sent")
        HandshakeMessage at();
    }

    /** The messages a server sends in the handshake of TLS 1.2 and older; of TLS 1.3 all but the first are encrypted. */
    enum HandshakeMessage {
        SERVER_HELLO,
        CERTIFICATE,
        SERVER_KEY_EXCHANGE,
        SERVER_HELLO_DONE,
        CHANGE_CIPHER_SPEC,
        FINISHED;

        /** Kebab-case, as in scenario files. */
        public String wireName() {
            return WireNames.kebab(name());
        }
    }

    /** Acts on the answer to an upgrade request that would have been accepted. */
    sealed interface UpgradeFault extends FaultAction {
        @Override
        default FaultPhase phase() {
            return FaultPhase.UPGRADE_RESPONSE;
        }
    }

    /** Sends nothing where the answer belongs. */
    @Decides({STATUS_LINE, ACCEPT_HEADER, HEADER_NAMES, RESPONSE_WRITES, FIRST_FRAME})
    sealed interface ResponseWithheld extends UpgradeFault {}

    /** Answers with something else than a 101, and closes. */
    @Decides({STATUS_LINE, ACCEPT_HEADER, HEADER_NAMES, FIRST_FRAME})
    sealed interface ResponseReplaced extends UpgradeFault {}

    /** Acts on the answer to an MQTT CONNECT that would have been accepted. */
    sealed interface ConnackFault extends FaultAction {
        @Override
        default FaultPhase phase() {
            return FaultPhase.CONNACK;
        }
    }

    /** Acts on the gateway's hello. */
    sealed interface HelloFault extends FaultAction
            permits DelayHello,
                    OmitHello,
                    HelloTransport,
                    HelloGarbage,
                    UnpromptedHello,
                    FailHello,
                    OmitUdp,
                    HelloUdp,
                    VoiceSequence {
        @Override
        default FaultPhase phase() {
            return FaultPhase.HELLO;
        }
    }

    /** Acts on an upgraded connection. */
    sealed interface SessionFault extends FaultAction permits TimedFault, IgnorePings {
        @Override
        default FaultPhase phase() {
            return FaultPhase.SESSION;
        }
    }

    /** Acts on a session after a while. */
    sealed interface TimedFault extends SessionFault {
        @Param(value = "Time from the upgrade", fallback = "0s")
        Duration after();
    }

    /** Ends a session. */
    @Decides(SESSION_END)
    sealed interface SessionEnd extends TimedFault {}

    @Does("Resets the connection at once, as a host without a listener would.")
    @Decides(ACCEPTANCE)
    record RefuseConnection() implements AcceptFault {}

    @Does("Accepts the connection and never reads or writes.")
    @Decides(ACCEPTANCE)
    record StallConnection() implements AcceptFault {}

    @Does("Resets the connection after the gateway sent this many bytes.")
    @Decides(SENT_BYTES)
    record ResetAfterBytes(
            @Param(value = "Bytes the gateway sends first", min = 0, max = 1 << 30)
            long bytes) implements AcceptFault {}

    @Does("Closes the connection in order after the gateway sent this many bytes.")
    @Decides(SENT_BYTES)
    record CloseAfterBytes(
            @Param(value = "Bytes the gateway sends first", min = 0, max = 1 << 30)
            long bytes) implements AcceptFault {}

    @Does("Takes the ClientHello and never answers it.")
    record StallTls() implements TlsEnd {}

    @Does("Closes the connection in order instead of answering the ClientHello.")
    record CloseInTls() implements TlsEnd {}

    @Does("Resets the connection instead of answering the ClientHello.")
    record ResetInTls() implements TlsEnd {}

    @Does("Answers the ClientHello with a fatal alert of this number.")
    record SendAlert(
            @Param(value = "Number of the TLS alert", min = 0, max = 255)
            int alert) implements TlsEnd {}

    @Does("Answers the ClientHello this much later.")
    @Decides(TLS_TIME)
    record DelayTls(@Param("How much later") Duration by) implements TlsFault {}

    @Does("Cuts each message of its handshake into records of this many bytes.")
    @Decides(TLS_RECORDS)
    record FragmentHandshake(
            @Param(value = "Bytes of a message in each record; less than 4 cut its header", min = 1, max = 16384)
            int bytes)
            implements TlsFault {}

    @Does(
            "Gives a session ticket at the end of the handshake, to whoever takes one; the sessions behind it are never taken up again.")
    @Decides(TLS_TICKET)
    record SendTicket(
            @Param(value = "Its length; Java's tickets hold the whole chain", fallback = "200", min = 1, max = 60000)
            int bytes)
            implements TlsFault {}

    @Does("Answers the ClientHello with this text, as a plain HTTP server behind the port does.")
    record AnswerPlainText(@Param("What is sent") String text) implements TlsEnd {}

    @Does("Sends all of its handshake up to this message, and nothing from there on.")
    record StallAtMessage(HandshakeMessage at) implements HandshakeFault {}

    @Does("Closes the connection in order where this message of its handshake belongs.")
    record CloseAtMessage(HandshakeMessage at) implements HandshakeFault {}

    @Does("Resets the connection where this message of its handshake belongs.")
    record ResetAtMessage(HandshakeMessage at) implements HandshakeFault {}

    @Does("Sends a fatal alert of this number where this message of its handshake belongs.")
    record AlertAtMessage(
            HandshakeMessage at,

            @Param(value = "Number of the TLS alert", min = 0, max = 255)
            int alert) implements HandshakeFault {}

    @Does("Answers the upgrade with this status, and a body if one is given.")
    record AnswerStatus(
            @Param(value = "HTTP status", min = 100, max = 999)
            int status,

            @Param("Body of the answer") @Nullable String body)
            implements ResponseReplaced {}

    @Does("Redirects the upgrade to another URL, as a front that enforces wss:// does.")
    record Redirect(
            @Param("URL in the Location header") String to,

            @Param(value = "HTTP status", fallback = "301", min = 300, max = 399)
            int status)
            implements ResponseReplaced {}

    @Does("Writes the header names of the 101 in another case.")
    @Decides(HEADER_NAMES)
    record HeaderCase(@Param("How header names are written") Style style) implements UpgradeFault {
        /** How header names are written. */
        public enum Style {
            LOWER,
            UPPER,
            CANONICAL,
            /** {@code Sec-Websocket-Accept}, as some proxies write it. */
            SEC_WEBSOCKET_LOWER
        }
    }

    @Does("Leaves Sec-WebSocket-Accept out of the 101.")
    @Decides(ACCEPT_HEADER)
    record OmitAccept() implements UpgradeFault {}

    @Does("Sends a Sec-WebSocket-Accept that does not belong to the key.")
    @Decides(ACCEPT_HEADER)
    record WrongAccept() implements UpgradeFault {}

    @Does("Answers 101 with HTTP/1.0 in the status line.")
    @Decides(STATUS_LINE)
    record AnswerHttp10() implements UpgradeFault {}

    @Does("Answers 200 with a small page, as when a proxy does not forward the Upgrade header.")
    record DropUpgradeHeaders() implements ResponseReplaced {}

    @Does("Sends the 101 in pieces of this many bytes, one per interval.")
    @Decides(RESPONSE_WRITES)
    record SplitResponse(
            @Param(value = "Bytes in each piece", fallback = "1", min = 1, max = 1 << 20)
            int bytes,

            @Param("Time between pieces") Duration every)
            implements UpgradeFault {}

    @Does("Throws an exception while the upgrade is judged, as a defect of the gateway does.")
    @Decides(RESPONSE_TIME)
    record ThrowBeforeResponse() implements ResponseWithheld {}

    @Does("Never answers the upgrade.")
    record StallResponse() implements ResponseWithheld {}

    @Does("Answers the upgrade this much later.")
    @Decides(RESPONSE_TIME)
    record DelayResponse(@Param("How much later") Duration by) implements UpgradeFault {}

    @Does("Closes the connection in order instead of answering the upgrade.")
    record CloseBeforeResponse() implements ResponseWithheld {}

    @Does("Resets the connection instead of answering the upgrade.")
    record ResetBeforeResponse() implements ResponseWithheld {}

    @Does("Sends the gateway's hello in the same write as the 101.")
    @Decides({RESPONSE_WRITES, FIRST_FRAME, HELLO_TIME})
    record FirstFrameWithResponse() implements UpgradeFault {}

    @Does(
            "Sends this text as the whole answer; {accept} in it stands for the right Sec-WebSocket-Accept, {pad:900} for 900 letters x.")
    @Decides({STATUS_LINE, ACCEPT_HEADER, HEADER_NAMES})
    record RawResponse(@Param("The whole answer") String text) implements UpgradeFault {}

    @Does("Answers the MQTT CONNECT with this code, and closes.")
    @Decides(CONNACK)
    record AnswerConnack(
            @Param(value = "Return code of MQTT 3.1.1, or reason code of MQTT 5", min = 1, max = 255)
            int code) implements ConnackFault {}

    @Does("Never answers the MQTT CONNECT.")
    @Decides(CONNACK)
    record StallConnack() implements ConnackFault {}

    @Does("Answers the MQTT CONNECT this much later.")
    @Decides(CONNACK)
    record DelayConnack(@Param("How much later") Duration by) implements ConnackFault {}

    @Does("Sends the gateway's hello this much later.")
    @Decides(HELLO_TIME)
    record DelayHello(@Param("How much later") Duration by) implements HelloFault {}

    @Does("Never sends the gateway's hello.")
    @Decides({HELLO_TIME, HELLO_TEXT})
    record OmitHello() implements HelloFault {}

    @Does("Sends a hello with another transport, or with none.")
    @Decides(HELLO_TEXT)
    record HelloTransport(
            @Param("The transport it names; absent for none") @Nullable
            String value) implements HelloFault {}

    @Does("Sends this text where the hello belongs.")
    @Decides(HELLO_TEXT)
    record HelloGarbage(@Param("What is sent") String text) implements HelloFault {}

    @Does("Sends the gateway's hello at once, before the device's.")
    @Decides(HELLO_TIME)
    record UnpromptedHello() implements HelloFault {}

    @Does(
            "Answers an MQTT hello as a gateway does that does not reach its chat server: goodbye without session, then an error.")
    @Decides({HELLO_TIME, HELLO_TEXT})
    record FailHello() implements HelloFault {}

    @Does("Leaves udp out of an MQTT hello.")
    @Decides(HELLO_UDP)
    record OmitUdp() implements HelloFault {}

    @Does("Puts other values into udp of an MQTT hello, such as an address nobody can reach.")
    @Decides(HELLO_UDP)
    record HelloUdp(
            @Param("Host it names") @Nullable String server,

            @Param(value = "Port it names", min = 0, max = 65535) @Nullable
            Integer port,

            @Param("Key it gives, as 32 hex digits") @Nullable
            String key,

            @Param("Nonce it gives, as 32 hex digits") @Nullable
            String nonce)
            implements HelloFault {}

    @Does("Counts the voice packets it sends from this number instead of 1.")
    @Decides(VOICE_SEQUENCE)
    record VoiceSequence(
            @Param(value = "Sequence of the first packet", min = 0, max = 0xffff_ffffL)
            long first) implements HelloFault {}

    @Does("Closes the session with this close code.")
    record CloseSession(
            @Param(value = "WebSocket close code", fallback = "1000", min = 0, max = 65535)
            int code,

            Duration after) implements SessionEnd {}

    @Does("Drops the connection in order, without a close frame.")
    record DropSession(Duration after) implements SessionEnd {}

    @Does(
            "Drops the connection in order once nothing has passed for so long in either direction, as nginx does at proxy_read_timeout.")
    record DropWhenQuiet(
            @Param(value = "How long nothing has passed", fallback = "60s")
            Duration after) implements SessionEnd {}

    @Does("Throws an exception in the session's own code, as a defect of the application does.")
    record ThrowInSession(Duration after) implements SessionEnd {}

    @Does("Resets the connection.")
    record ResetSession(Duration after) implements SessionEnd {}

    @Does("Never answers a ping.")
    @Decides(PINGS)
    record IgnorePings() implements SessionFault {}

    @Does("Stops reading from the connection, which stays open.")
    @Decides(READING)
    record PauseReading(Duration after) implements TimedFault {}

    @Does("Ends the TCP connection in order below TLS, without close_notify.")
    record TruncateSession(Duration after) implements SessionEnd {}

    @Does("Sends this text message, as often as is said.")
    record SendText(
            @Param("The message") String text,

            Duration after,

            @Param(value = "How often", fallback = "1", min = 1, max = 1_000_000)
            int times,

            @Param(value = "Time between two", fallback = "0s")
            Duration every)
            implements TimedFault {}

    @Does("Sends these bytes, in hex, where frames belong, as often as is said.")
    record SendBytes(
            @Param("The bytes, as pairs of hex digits; blanks do not matter")
            String hex,

            Duration after,

            @Param(value = "How often", fallback = "1", min = 1, max = 1_000_000)
            int times,

            @Param(value = "Time between two", fallback = "0s")
            Duration every)
            implements TimedFault {
        public SendBytes {
            String digits = hex.replaceAll("\\s", "");
            if (digits.isEmpty() || digits.length() % 2 != 0 || !digits.matches("[0-9A-Fa-f]+")) {
                throw new IllegalArgumentException("hex must be pairs of hex digits such as 81 02 68 69");
            }
        }
    }

    @Does("Sends a text message of this many bytes.")
    record SendLargeText(
            @Param(value = "Length of the message", min = 0, max = 1 << 24)
            int bytes,

            Duration after) implements TimedFault {}

    @Does("Says goodbye over MQTT and keeps the connection; without a session id where none is given.")
    record SayGoodbye(
            @Param("The session id it names") @Nullable String session, Duration after) implements TimedFault {}

    @Does("Sends a second hello over MQTT in the middle of the session, with a new key.")
    record Rekey(Duration after) implements TimedFault {}

    @Does("Asks for a renegotiation with a HelloRequest; up to TLS 1.2.")
    record RequestRenegotiation(Duration after) implements TimedFault {}

    @Does("Changes its keys and asks the device to do the same; TLS 1.3.")
    record UpdateKeys(Duration after) implements TimedFault {}
}
