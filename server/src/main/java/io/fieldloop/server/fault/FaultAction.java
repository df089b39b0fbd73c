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

    @Does(value = "Resets the connection at once, as a host without a listener would.", decides = FaultPlace.ACCEPTANCE)
    record RefuseConnection() implements AcceptFault {}

    @Does(value = "Accepts the connection and never reads or writes.", decides = FaultPlace.ACCEPTANCE)
    record StallConnection() implements AcceptFault {}

    @Does(value = "Resets the connection after the gateway sent this many bytes.", decides = FaultPlace.SENT_BYTES)
    record ResetAfterBytes(
            @Param(value = "Bytes the gateway sends first", min = 0, max = 1 << 30)
            long bytes) implements AcceptFault {}

    @Does(
            value = "Closes the connection in order after the gateway sent this many bytes.",
            decides = FaultPlace.SENT_BYTES)
    record CloseAfterBytes(
            @Param(value = "Bytes the gateway sends first", min = 0, max = 1 << 30)
            long bytes) implements AcceptFault {}

    @Does(value = "Takes the ClientHello and never answers it.", decides = FaultPlace.TLS_END)
    record StallTls() implements TlsFault {}

    @Does(value = "Closes the connection in order instead of answering the ClientHello.", decides = FaultPlace.TLS_END)
    record CloseInTls() implements TlsFault {}

    @Does(value = "Resets the connection instead of answering the ClientHello.", decides = FaultPlace.TLS_END)
    record ResetInTls() implements TlsFault {}

    @Does(value = "Answers the ClientHello with a fatal alert of this number.", decides = FaultPlace.TLS_END)
    record SendAlert(
            @Param(value = "Number of the TLS alert", min = 0, max = 255)
            int alert) implements TlsFault {}

    @Does(value = "Answers the ClientHello this much later.", decides = FaultPlace.TLS_TIME)
    record DelayTls(@Param("How much later") Duration by) implements TlsFault {}

    @Does(
            value = "Answers the ClientHello with this text, as a plain HTTP server behind the port does.",
            decides = FaultPlace.TLS_END)
    record AnswerPlainText(@Param("What is sent") String text) implements TlsFault {}

    @Does(
            value = "Sends all of its handshake up to this message, and nothing from there on.",
            decides = FaultPlace.TLS_END)
    record StallAtMessage(
            @Param("The first message that is not sent") HandshakeMessage at) implements HandshakeFault {}

    @Does(
            value = "Closes the connection in order where this message of its handshake belongs.",
            decides = FaultPlace.TLS_END)
    record CloseAtMessage(
            @Param("The first message that is not sent") HandshakeMessage at) implements HandshakeFault {}

    @Does(value = "Resets the connection where this message of its handshake belongs.", decides = FaultPlace.TLS_END)
    record ResetAtMessage(
            @Param("The first message that is not sent") HandshakeMessage at) implements HandshakeFault {}

    @Does(
            value = "Sends a fatal alert of this number where this message of its handshake belongs.",
            decides = FaultPlace.TLS_END)
    record AlertAtMessage(
            @Param("The first message that is not sent") HandshakeMessage at,

            @Param(value = "Number of the TLS alert", min = 0, max = 255)
            int alert)
            implements HandshakeFault {}

    @Does(
            value = "Answers the upgrade with this status, and a body if one is given.",
            decides = {FaultPlace.STATUS_LINE, FaultPlace.ACCEPT_HEADER, FaultPlace.HEADER_NAMES, FaultPlace.FIRST_FRAME
            })
    record AnswerStatus(
            @Param(value = "HTTP status", min = 100, max = 999)
            int status,

            @Param("Body of the answer") @Nullable String body)
            implements UpgradeFault {}

    @Does(
            value = "Redirects the upgrade to another URL, as a front that enforces wss:// does.",
            decides = {FaultPlace.STATUS_LINE, FaultPlace.ACCEPT_HEADER, FaultPlace.HEADER_NAMES, FaultPlace.FIRST_FRAME
            })
    record Redirect(
            @Param("URL in the Location header") String to,

            @Param(value = "HTTP status", fallback = "301", min = 300, max = 399)
            int status)
            implements UpgradeFault {}

    @Does(value = "Writes the header names of the 101 in another case.", decides = FaultPlace.HEADER_NAMES)
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

    @Does(value = "Leaves Sec-WebSocket-Accept out of the 101.", decides = FaultPlace.ACCEPT_HEADER)
    record OmitAccept() implements UpgradeFault {}

    @Does(value = "Sends a Sec-WebSocket-Accept that does not belong to the key.", decides = FaultPlace.ACCEPT_HEADER)
    record WrongAccept() implements UpgradeFault {}

    @Does(value = "Answers 101 with HTTP/1.0 in the status line.", decides = FaultPlace.STATUS_LINE)
    record AnswerHttp10() implements UpgradeFault {}

    @Does(
            value = "Answers 200 with a small page, as when a proxy does not forward the Upgrade header.",
            decides = {FaultPlace.STATUS_LINE, FaultPlace.ACCEPT_HEADER, FaultPlace.HEADER_NAMES, FaultPlace.FIRST_FRAME
            })
    record DropUpgradeHeaders() implements UpgradeFault {}

    @Does(value = "Sends the 101 in pieces of this many bytes, one per interval.", decides = FaultPlace.RESPONSE_WRITES)
    record SplitResponse(
            @Param(value = "Bytes in each piece", fallback = "1", min = 1, max = 1 << 20)
            int bytes,

            @Param("Time between pieces") Duration every)
            implements UpgradeFault {}

    @Does(
            value = "Throws an exception while the upgrade is judged, as a defect of the gateway does.",
            decides = {
                FaultPlace.RESPONSE_TIME,
                FaultPlace.STATUS_LINE,
                FaultPlace.ACCEPT_HEADER,
                FaultPlace.HEADER_NAMES,
                FaultPlace.RESPONSE_WRITES,
                FaultPlace.FIRST_FRAME
            })
    record ThrowBeforeResponse() implements UpgradeFault {}

    @Does(
            value = "Never answers the upgrade.",
            decides = {
                FaultPlace.STATUS_LINE,
                FaultPlace.ACCEPT_HEADER,
                FaultPlace.HEADER_NAMES,
                FaultPlace.RESPONSE_WRITES,
                FaultPlace.FIRST_FRAME
            })
    record StallResponse() implements UpgradeFault {}

    @Does(value = "Answers the upgrade this much later.", decides = FaultPlace.RESPONSE_TIME)
    record DelayResponse(@Param("How much later") Duration by) implements UpgradeFault {}

    @Does(
            value = "Closes the connection in order instead of answering the upgrade.",
            decides = {
                FaultPlace.STATUS_LINE,
                FaultPlace.ACCEPT_HEADER,
                FaultPlace.HEADER_NAMES,
                FaultPlace.RESPONSE_WRITES,
                FaultPlace.FIRST_FRAME
            })
    record CloseBeforeResponse() implements UpgradeFault {}

    @Does(
            value = "Resets the connection instead of answering the upgrade.",
            decides = {
                FaultPlace.STATUS_LINE,
                FaultPlace.ACCEPT_HEADER,
                FaultPlace.HEADER_NAMES,
                FaultPlace.RESPONSE_WRITES,
                FaultPlace.FIRST_FRAME
            })
    record ResetBeforeResponse() implements UpgradeFault {}

    @Does(
            value = "Sends the gateway's hello in the same write as the 101.",
            decides = {FaultPlace.RESPONSE_WRITES, FaultPlace.FIRST_FRAME, FaultPlace.HELLO_TIME})
    record FirstFrameWithResponse() implements UpgradeFault {}

    @Does(
            value =
                    "Sends this text as the whole answer; {accept} in it stands for the right Sec-WebSocket-Accept, {pad:900} for 900 letters x.",
            decides = {FaultPlace.STATUS_LINE, FaultPlace.ACCEPT_HEADER, FaultPlace.HEADER_NAMES})
    record RawResponse(@Param("The whole answer") String text) implements UpgradeFault {}

    @Does(value = "Sends the gateway's hello this much later.", decides = FaultPlace.HELLO_TIME)
    record DelayHello(@Param("How much later") Duration by) implements HelloFault {}

    @Does(
            value = "Never sends the gateway's hello.",
            decides = {FaultPlace.HELLO_TIME, FaultPlace.HELLO_TEXT})
    record OmitHello() implements HelloFault {}

    @Does(value = "Sends a hello with another transport, or with none.", decides = FaultPlace.HELLO_TEXT)
    record HelloTransport(
            @Param("The transport it names; absent for none") @Nullable
            String value) implements HelloFault {}

    @Does(value = "Sends this text where the hello belongs.", decides = FaultPlace.HELLO_TEXT)
    record HelloGarbage(@Param("What is sent") String text) implements HelloFault {}

    @Does(value = "Sends the gateway's hello at once, before the device's.", decides = FaultPlace.HELLO_TIME)
    record UnpromptedHello() implements HelloFault {}

    @Does(value = "Closes the session with this close code.", decides = FaultPlace.SESSION_END)
    record CloseSession(
            @Param(value = "WebSocket close code", fallback = "1000", min = 0, max = 65535)
            int code,

            @Param(value = "Time from the upgrade", fallback = "0s")
            Duration after)
            implements SessionFault {}

    @Does(value = "Drops the connection in order, without a close frame.", decides = FaultPlace.SESSION_END)
    record DropSession(
            @Param(value = "Time from the upgrade", fallback = "0s")
            Duration after) implements SessionFault {}

    @Does(
            value =
                    "Drops the connection in order once the gateway has sent nothing for so long, as nginx does at proxy_read_timeout.",
            decides = FaultPlace.SESSION_END)
    record DropWhenQuiet(
            @Param(value = "How long it has sent nothing", fallback = "60s")
            Duration after) implements SessionFault {}

    @Does(
            value = "Throws an exception in the session's own code, as a defect of the application does.",
            decides = FaultPlace.SESSION_END)
    record ThrowInSession(
            @Param(value = "Time from the upgrade", fallback = "0s")
            Duration after) implements SessionFault {}

    @Does(value = "Resets the connection.", decides = FaultPlace.SESSION_END)
    record ResetSession(
            @Param(value = "Time from the upgrade", fallback = "0s")
            Duration after) implements SessionFault {}

    @Does(value = "Never answers a ping.", decides = FaultPlace.PINGS)
    record IgnorePings() implements SessionFault {}

    @Does(value = "Stops reading from the connection, which stays open.", decides = FaultPlace.READING)
    record PauseReading(
            @Param(value = "Time from the upgrade", fallback = "0s")
            Duration after) implements SessionFault {}

    @Does(value = "Ends the TCP connection in order below TLS, without close_notify.", decides = FaultPlace.SESSION_END)
    record TruncateSession(
            @Param(value = "Time from the upgrade", fallback = "0s")
            Duration after) implements SessionFault {}

    @Does("Sends this text message, as often as is said.")
    record SendText(
            @Param("The message") String text,

            @Param(value = "Time from the upgrade", fallback = "0s")
            Duration after,

            @Param(value = "How often", fallback = "1", min = 1, max = 1_000_000)
            int times,

            @Param(value = "Time between two", fallback = "0s")
            Duration every)
            implements SessionFault {}

    @Does("Sends these bytes, in hex, where frames belong, as often as is said.")
    record SendBytes(
            @Param("The bytes, as pairs of hex digits; blanks do not matter")
            String hex,

            @Param(value = "Time from the upgrade", fallback = "0s")
            Duration after,

            @Param(value = "How often", fallback = "1", min = 1, max = 1_000_000)
            int times,

            @Param(value = "Time between two", fallback = "0s")
            Duration every)
            implements SessionFault {
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

            @Param(value = "Time from the upgrade", fallback = "0s")
            Duration after)
            implements SessionFault {}

    @Does("Asks for a renegotiation with a HelloRequest; up to TLS 1.2.")
    record RequestRenegotiation(
            @Param(value = "Time from the upgrade", fallback = "0s")
            Duration after) implements SessionFault {}

    @Does("Changes its keys and asks the device to do the same; TLS 1.3.")
    record UpdateKeys(
            @Param(value = "Time from the upgrade", fallback = "0s")
            Duration after) implements SessionFault {}
}
