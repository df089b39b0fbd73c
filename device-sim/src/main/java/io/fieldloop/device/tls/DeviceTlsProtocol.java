package io.fieldloop.device.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
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
import org.jspecify.annotations.Nullable;

/**
 * Bouncy Castle's non-blocking client with a look at three messages: ClientHello out, ServerHello and Certificate in.
 *
 * <p>Its bytes go in and out in Netty's buffers.
 */
final class DeviceTlsProtocol extends TlsClientProtocol {
    private static final int RECORD_HEADER_BYTES = 5;
    private static final int LIBRARY_FIRST_VERSION = 0x0301;

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

    /** Takes in what the server sent; what is wrong with it, or null. */
    @Nullable
    IOException offer(ByteBuf in, int length) {
        try {
            if (in.hasArray()) {
                offerInput(in.array(), in.arrayOffset() + in.readerIndex(), length);
            } else {
                offerInput(ByteBufUtil.getBytes(in, in.readerIndex(), length, false), 0, length);
            }
            return null;
        } catch (IOException e) {
            return e;
        } catch (RuntimeException e) {
            return new IOException(e);
        }
    }

    /** What of it is for the application. */
    ByteBuf takeInput(ByteBufAllocator allocator) {
        int available = getAvailableInputBytes();
        ByteBuf data = allocator.buffer(available);
        readInput(data.internalNioBuffer(0, available), available);
        return data.writerIndex(available);
    }

    /** Puts the application's bytes into records as long as the device has room for. */
    void encrypt(ByteBuf data) throws IOException {
        int length = data.readableBytes();
        byte[] bytes = data.hasArray() ? data.array() : ByteBufUtil.getBytes(data);
        int start = data.hasArray() ? data.arrayOffset() + data.readerIndex() : 0;
        int recordBytesMax = config.heap().outRecordBytes();
        for (int done = 0; done < length; done += recordBytesMax) {
            writeApplicationData(bytes, start + done, Math.min(recordBytesMax, length - done));
        }
    }

    /** What is to be sent by now. */
    ByteBuf takeOutput(ByteBufAllocator allocator) {
        int available = getAvailableOutputBytes();
        ByteBuf output = allocator.buffer(available);
        if (available > 0) {
            readOutput(output.internalNioBuffer(0, available), available);
        }
        output.writerIndex(available);
        if (!client.isHandshakeComplete()) {
            stampRecordVersion(output);
        }
        return output;
    }

    /** The library writes TLS 1.0 into every record until a version is agreed on: into the ClientHello's, and into an alert's. */
    private void stampRecordVersion(ByteBuf records) {
        int at = records.readerIndex();
        while (at < records.writerIndex()) {
            if (records.getUnsignedShort(at + 1) == LIBRARY_FIRST_VERSION) {
                records.setShort(at + 1, config.shape().recordVersion());
            }
            at += RECORD_HEADER_BYTES + records.getUnsignedShort(at + 3);
        }
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
        client.note().endQuietlyIf(length > config.heap().inRecordBytes() ? TlsFailure.RECORD_TOO_LONG : null);
        if (type == ContentType.handshake) {
            for (int i = offset; i < offset + length; i++) {
                messages.add(buffer[i]);
            }
            client.note().endQuietlyIf(messages.recordEnds());
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
        client.note().endQuietlyIf(config.shape().has(TlsTrait.STOPS_AT_TICKETS) ? TlsFailure.TICKET : null);
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
