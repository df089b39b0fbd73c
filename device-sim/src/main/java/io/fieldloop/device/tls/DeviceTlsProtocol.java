package io.fieldloop.device.tls;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.HandshakeMessageInput;
import org.bouncycastle.tls.HandshakeType;
import org.bouncycastle.tls.NewSessionTicket;
import org.bouncycastle.tls.ServerHello;
import org.bouncycastle.tls.TlsClientProtocol;

/** Bouncy Castle's non-blocking client with a look at three messages: ClientHello out, ServerHello and Certificate in. */
final class DeviceTlsProtocol extends TlsClientProtocol {

    private final TlsClientConfig config;
    private final DeviceTlsClient client;
    private final HandshakeMessages messages;
    private final Transcript transcript = new Transcript();

    DeviceTlsProtocol(TlsClientConfig config, DeviceTlsClient client) {
        this.config = config;
        this.client = client;
        this.messages = new HandshakeMessages(
                config.shape().has(TlsTrait.JOINS_FRAGMENTS),
                config.shape().has(TlsTrait.READS_ANYTHING)
                        ? Integer.MAX_VALUE
                        : config.heap().inBytesMax());
    }

    void start() throws IOException {
        connect(client);
    }

    @Override
    protected void sendClientHelloMessage() throws IOException {
        boolean first = !(clientHello instanceof ShapedClientHello);
        if (!first) {
            transcript.retried();
        }
        if (config.shape().stampsClock() && first) { // a HelloRetryRequest is answered with the same random
            stampClock(clientHello.getRandom());
        }
        clientHello = new ShapedClientHello(clientHello, config.shape().extensions());
        super.sendClientHelloMessage();
    }

    /** The array is the one the keys are derived from, so both ends see the same random. */
    private void stampClock(byte[] random) {
        long seconds = config.deviceClock().instant().getEpochSecond();
        for (int i = 0; i < Integer.BYTES; i++) {
            random[i] = (byte) (seconds >> (Byte.SIZE * (Integer.BYTES - 1 - i)));
        }
    }

    /** Records as they are after decryption, which is where those of TLS 1.3 show their messages. */
    @Override
    protected void processRecord(short type, byte[] buffer, int offset, int length) throws IOException {
        client.endQuietlyIf(length > config.heap().inRecordBytes() ? TlsFailure.RECORD_TOO_LONG : null);
        if (type == ContentType.handshake) {
            for (int i = offset; i < offset + length; i++) {
                messages.add(buffer[i]);
            }
            client.endQuietlyIf(messages.recordEnds());
            transcript.add(buffer, offset, length);
        }
        super.processRecord(type, buffer, offset, length);
    }

    /** The library takes a ticket in a full handshake only; a server may renew it in a resumed one, too (RFC 5077 3.3), and Java's does. */
    @Override
    protected void handleHandshakeMessage(short type, HandshakeMessageInput message) throws IOException {
        boolean renewed = type == HandshakeType.new_session_ticket
                && getContext().getSecurityParametersHandshake() != null
                && getContext().getSecurityParametersHandshake().isResumedSession();
        if (renewed) {
            client.notifyNewSessionTicket(NewSessionTicket.parse(message));
        } else {
            super.handleHandshakeMessage(type, message);
        }
    }

    @Override
    protected void receive13NewSessionTicket(ByteArrayInputStream message) throws IOException {
        client.endQuietlyIf(config.shape().has(TlsTrait.STOPS_AT_TICKETS) ? TlsFailure.TICKET : null);
        byte[] bytes = message.readAllBytes();
        client.keep(transcript.session(new ByteArrayInputStream(bytes)));
        super.receive13NewSessionTicket(new ByteArrayInputStream(bytes));
    }

    @Override
    protected void safeWriteRecord(short type, byte[] buffer, int offset, int length) throws IOException {
        if (type == ContentType.handshake) {
            transcript.add(buffer, offset, length);
        }
        super.safeWriteRecord(type, buffer, offset, length);
    }

    @Override
    protected void completeHandshake() throws IOException {
        transcript.complete(
                getContext().getSecurityParametersHandshake(), getContext().getCrypto());
        super.completeHandshake();
    }

    @Override
    protected ServerHello receiveServerHelloMessage(ByteArrayInputStream buf) throws IOException {
        ServerHello hello = super.receiveServerHelloMessage(buf);
        client.examine(hello);
        return hello;
    }

    /** A message that ends too early is an internal error to the library, a decode error to mbedTLS and the RFC. */
    @Override
    protected void handleException(short alertDescription, String message, Throwable e) throws IOException {
        boolean truncated = e instanceof EOFException && alertDescription == AlertDescription.internal_error;
        super.handleException(truncated ? AlertDescription.decode_error : alertDescription, message, e);
    }

    @Override
    protected void handleServerCertificate() throws IOException {
        client.examine(getContext().getSecurityParametersHandshake().getPeerCertificate());
        super.handleServerCertificate();
    }
}
