package io.fieldloop.server.fault;

import io.fieldloop.server.event.FaultPhase;
import io.fieldloop.server.event.WireNames;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One way to bend what the gateway does, as data.
 *
 * <p>The record's name and components in kebab-case are the words of a scenario file: {@code {do: redirect, to: ..., status: 301}}.
 */
public sealed interface FaultAction {
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

    /** Acts where one message of the gateway's handshake belongs; what comes before it is sent. */
    sealed interface HandshakeFault extends TlsFault {
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

    /** Acts on the gateway's hello. */
    sealed interface HelloFault extends FaultAction {
        @Override
        default FaultPhase phase() {
            return FaultPhase.HELLO;
        }
    }

    /** Acts on an upgraded connection; delays count from the upgrade. */
    sealed interface SessionFault extends FaultAction {
        @Override
        default FaultPhase phase() {
            return FaultPhase.SESSION;
        }
    }

    @Does("Resets the connection at once, as a host without a listener would.")
    record RefuseConnection() implements AcceptFault {}

    @Does("Accepts the connection and never reads or writes.")
    record StallConnection() implements AcceptFault {}

    @Does("Resets the connection after the gateway sent this many bytes.")
    record ResetAfterBytes(long bytes) implements AcceptFault {}

    @Does("Closes the connection in order after the gateway sent this many bytes.")
    record CloseAfterBytes(long bytes) implements AcceptFault {}

    @Does("Takes the ClientHello and never answers it.")
    record StallTls() implements TlsFault {}

    @Does("Closes the connection in order instead of answering the ClientHello.")
    record CloseInTls() implements TlsFault {}

    @Does("Resets the connection instead of answering the ClientHello.")
    record ResetInTls() implements TlsFault {}

    @Does("Answers the ClientHello with a fatal alert of this number.")
    record SendAlert(int alert) implements TlsFault {}

    @Does("Answers the ClientHello this much later.")
    record DelayTls(Duration by) implements TlsFault {}

    @Does("Answers the ClientHello with this text, as a plain HTTP server behind the port does.")
    record AnswerPlainText(String text) implements TlsFault {}

    @Does("Sends all of its handshake up to this message, and nothing from there on.")
    record StallAtMessage(HandshakeMessage at) implements HandshakeFault {}

    @Does("Closes the connection in order where this message of its handshake belongs.")
    record CloseAtMessage(HandshakeMessage at) implements HandshakeFault {}

    @Does("Resets the connection where this message of its handshake belongs.")
    record ResetAtMessage(HandshakeMessage at) implements HandshakeFault {}

    @Does("Sends a fatal alert of this number where this message of its handshake belongs.")
    record AlertAtMessage(HandshakeMessage at, int alert) implements HandshakeFault {}

    @Does("Answers the upgrade with this status, and a body if one is given.")
    record AnswerStatus(int status, @Nullable String body) implements UpgradeFault {}

    @Does("Redirects the upgrade to another URL, as a front that enforces wss:// does.")
    record Redirect(String to, int status) implements UpgradeFault {}

    @Does("Writes the header names of the 101 in another case.")
    record HeaderCase(Style style) implements UpgradeFault {
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
    record OmitAccept() implements UpgradeFault {}

    @Does("Sends a Sec-WebSocket-Accept that does not belong to the key.")
    record WrongAccept() implements UpgradeFault {}

    @Does("Answers 101 with HTTP/1.0 in the status line.")
    record AnswerHttp10() implements UpgradeFault {}

    @Does("Answers 200 with a small page, as when a proxy does not forward the Upgrade header.")
    record DropUpgradeHeaders() implements UpgradeFault {}

    @Does("Sends the 101 in pieces of this many bytes, one per interval.")
    record SplitResponse(int bytes, Duration every) implements UpgradeFault {}

    @Does("Throws an exception while the upgrade is judged, as a defect of the gateway does.")
    record ThrowBeforeResponse() implements UpgradeFault {}

    @Does("Never answers the upgrade.")
    record StallResponse() implements UpgradeFault {}

    @Does("Answers the upgrade this much later.")
    record DelayResponse(Duration by) implements UpgradeFault {}

    @Does("Closes the connection in order instead of answering the upgrade.")
    record CloseBeforeResponse() implements UpgradeFault {}

    @Does("Resets the connection instead of answering the upgrade.")
    record ResetBeforeResponse() implements UpgradeFault {}

    @Does("Sends the gateway's hello in the same write as the 101.")
    record FirstFrameWithResponse() implements UpgradeFault {}

    @Does(
            "Sends this text as the whole answer; {accept} in it stands for the right Sec-WebSocket-Accept, {pad:900} for 900 letters x.")
    record RawResponse(String text) implements UpgradeFault {}

    @Does("Sends the gateway's hello this much later.")
    record DelayHello(Duration by) implements HelloFault {}

    @Does("Never sends the gateway's hello.")
    record OmitHello() implements HelloFault {}

    @Does("Sends a hello with another transport, or with none.")
    record HelloTransport(@Nullable String value) implements HelloFault {}

    @Does("Sends this text where the hello belongs.")
    record HelloGarbage(String text) implements HelloFault {}

    @Does("Sends the gateway's hello at once, before the device's.")
    record UnpromptedHello() implements HelloFault {}

    @Does("Closes the session with this close code.")
    record CloseSession(int code, Duration after) implements SessionFault {}

    @Does("Drops the connection in order, without a close frame.")
    record DropSession(Duration after) implements SessionFault {}

    @Does(
            "Drops the connection in order once the gateway has sent nothing for so long, as nginx does at proxy_read_timeout.")
    record DropWhenQuiet(Duration after) implements SessionFault {}

    @Does("Throws an exception in the session's own code, as a defect of the application does.")
    record ThrowInSession(Duration after) implements SessionFault {}

    @Does("Resets the connection.")
    record ResetSession(Duration after) implements SessionFault {}

    @Does("Never answers a ping.")
    record IgnorePings() implements SessionFault {}

    @Does("Stops reading from the connection, which stays open.")
    record PauseReading(Duration after) implements SessionFault {}

    @Does("Ends the TCP connection in order below TLS, without close_notify.")
    record TruncateSession(Duration after) implements SessionFault {}

    @Does("Sends this text message, as often as is said.")
    record SendText(String text, Duration after, int times, Duration every) implements SessionFault {}

    @Does("Sends these bytes, in hex, where frames belong, as often as is said.")
    record SendBytes(String hex, Duration after, int times, Duration every) implements SessionFault {
        public SendBytes {
            String digits = hex.replaceAll("\\s", "");
            if (digits.isEmpty() || digits.length() % 2 != 0 || !digits.matches("[0-9A-Fa-f]+")) {
                throw new IllegalArgumentException("hex must be pairs of hex digits such as 81 02 68 69");
            }
        }
    }

    @Does("Sends a text message of this many bytes.")
    record SendLargeText(int bytes, Duration after) implements SessionFault {}

    @Does("Asks for a renegotiation with a HelloRequest; up to TLS 1.2.")
    record RequestRenegotiation(Duration after) implements SessionFault {}

    @Does("Changes its keys and asks the device to do the same; TLS 1.3.")
    record UpdateKeys(Duration after) implements SessionFault {}
}
