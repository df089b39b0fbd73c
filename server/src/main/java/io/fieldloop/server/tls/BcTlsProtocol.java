package io.fieldloop.server.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.HandshakeType;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/** Bouncy Castle's non-blocking server, made to give back what only its handshake needed, and to send what it never sends. */
final class BcTlsProtocol extends TlsServerProtocol {
    /** RFC 5246 7.4.1.1: type 0 and no body. */
    private static final byte[] HELLO_REQUEST = new byte[4];

    private final BcFaults faults;
    private final BcTlsServer server;
    /** Null once the handshake is complete. */
    private @Nullable Transcript transcript = new Transcript();

    private boolean loggedResumption;

    BcTlsProtocol(BcFaults faults, BcTlsServer server) {
        this.faults = faults;
        this.server = server;
    }

    /** Gives back the buffer that held the certificate chain; to be called when everything in it was taken. */
    void forgetHandshake() {
        outputBuffer.getBuffer().shrink();
    }

    void request(TlsRequest request, boolean tls13) throws IOException {
        if (request == TlsRequest.KEY_UPDATE && tls13) {
            send13KeyUpdate(true);
        } else if (request == TlsRequest.RENEGOTIATION && !tls13) {
            safeWriteRecord(ContentType.handshake, HELLO_REQUEST, 0, HELLO_REQUEST.length);
        }
    }

    /** A message may go on in as many records as it likes, encrypted ones too (RFC 5246 6.2.1, RFC 8446 5.1). */
    @Override
    protected void safeWriteRecord(short type, byte[] content, int offset, int length) throws IOException {
        note(type, content, offset, length);
        int at = offset;
        int end = offset + length;
        do {
            int part = type == ContentType.handshake ? faults.recordBytes(end - at) : end - at;
            super.safeWriteRecord(type, content, at, part);
            at += part;
        } while (at < end);
    }

    @Override
    protected void processRecord(short type, byte[] content, int offset, int length) throws IOException {
        note(type, content, offset, length);
        super.processRecord(type, content, offset, length);
    }

    /** Records as they are before encryption and after decryption. */
    private void note(short type, byte[] content, int offset, int length) throws IOException {
        if (type == ContentType.handshake && transcript != null) {
            transcript.add(content, offset, length);
            if (selectedPSK13 && !loggedResumption && content[offset] == HandshakeType.encrypted_extensions) {
                loggedResumption = true;
                server.logHandshakeSecrets();
            }
        }
    }

    @Override
    protected void completeHandshake() throws IOException {
        byte[] ticket = TlsUtils.isTLSv13(getContext()) ? ticket13() : null;
        transcript = null;
        super.completeHandshake();
        if (ticket != null) {
            byte[] message = newSessionTicket(ticket);
            safeWriteRecord(ContentType.handshake, message, 0, message.length);
        }
    }

    /** To be made before the handshake's secrets are forgotten. */
    private byte @Nullable [] ticket13() throws IOException {
        if (faults.sendsTicket()) {
            return faults.takeTicket();
        }
        Transcript messages = transcript;
        return server.givesTicket13() && messages != null && messages.isPlain()
                ? server.ticket13(messages.resumptionKey(
                        getContext().getSecurityParametersHandshake(),
                        getContext().getCrypto()))
                : null;
    }

    /** RFC 8446 4.6.1, without extensions. */
    private byte[] newSessionTicket(byte[] ticket) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        TlsUtils.writeUint32(server.ticketSeconds(), body);
        TlsUtils.writeUint32(0, body); // age_add
        TlsUtils.writeOpaque8(Transcript.NONCE, body);
        TlsUtils.writeOpaque16(ticket, body);
        TlsUtils.writeUint16(0, body);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        TlsUtils.writeUint8(HandshakeType.new_session_ticket, message);
        TlsUtils.writeOpaque24(body.toByteArray(), message);
        return message.toByteArray();
    }

    /** The library hangs up on a client that does not want to renegotiate; most servers go on. */
    @Override
    protected void handleAlertWarningMessage(short alertDescription) throws IOException {
        if (alertDescription != AlertDescription.no_renegotiation) {
            super.handleAlertWarningMessage(alertDescription);
        }
    }
}
