package io.fieldloop.device.tls;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ServerHello;
import org.bouncycastle.tls.TlsClientProtocol;

/** Bouncy Castle's non-blocking client with a look at three messages: ClientHello out, ServerHello and Certificate in. */
final class DeviceTlsProtocol extends TlsClientProtocol {

    private final TlsClientConfig config;
    private final DeviceTlsClient client;

    DeviceTlsProtocol(TlsClientConfig config, DeviceTlsClient client) {
        this.config = config;
        this.client = client;
    }

    void start() throws IOException {
        connect(client);
    }

    @Override
    protected void sendClientHelloMessage() throws IOException {
        if (config.shape().stampsClock()) {
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
