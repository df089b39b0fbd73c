package io.fieldloop.server.fault;

import static io.fieldloop.server.fault.FaultPlace.TLS_END;
import static io.fieldloop.server.fault.FaultPlace.TLS_RECORDS;
import static io.fieldloop.server.fault.FaultPlace.TLS_TICKET;
import static io.fieldloop.server.fault.FaultPlace.TLS_TIME;

import io.fieldloop.server.event.FaultPhase;
import io.fieldloop.server.event.WireNames;
import java.time.Duration;

/** Acts in the TLS handshake; without effect on a plain listener. */
public sealed interface TlsFault extends FaultAction {
    @Override
    default FaultPhase phase() {
        return FaultPhase.TLS;
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
}
