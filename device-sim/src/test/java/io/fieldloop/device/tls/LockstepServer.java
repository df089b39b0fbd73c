package io.fieldloop.device.tls;

import io.fieldloop.device.tls.crypto.DeviceTlsCrypto;
import io.fieldloop.device.tls.crypto.SharedArithmetic;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;

/** A TLS server in the same thread as the device's embedded channel: bytes move only when the test says so. */
final class LockstepServer {

    private final TlsServerProtocol protocol = new TlsServerProtocol();
    private final Server server;
    private boolean accepting;
    final ByteArrayOutputStream received = new ByteArrayOutputStream();
    final List<Integer> alertsReceived = new ArrayList<>();

    LockstepServer(TestPki.Chain chain, ProtocolVersion... versions) {
        server = new Server(chain, versions);
    }

    /** Narrows what the server would choose from; before the first exchange. */
    void withCipherSuites(int... suites) {
        server.suites = suites;
    }

    /** Moves bytes both ways until neither side has any, the server's in pieces of that size. */
    void exchange(EmbeddedChannel device, int pieceBytes) {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (ByteBuf out = device.readOutbound(); out != null; out = device.readOutbound()) {
                take(ByteBufUtil.getBytes(out));
                out.release();
                moved = true;
            }
            byte[] answer = output();
            for (int at = 0; at < answer.length && device.isOpen(); at += pieceBytes) {
                device.writeInbound(Unpooled.copiedBuffer(answer, at, Math.min(pieceBytes, answer.length - at)));
                moved = true;
            }
        }
    }

    void exchange(EmbeddedChannel device) {
        exchange(device, Integer.MAX_VALUE / 2);
    }

    void take(byte[] bytes) {
        if (protocol.isClosed()) {
            return;
        }
        try {
            if (!accepting) {
                accepting = true;
                protocol.accept(server);
            }
            protocol.offerInput(bytes);
        } catch (IOException e) {
            return; // an alert of the device, kept in alertsReceived
        }
        byte[] data = new byte[protocol.getAvailableInputBytes()];
        protocol.readInput(data, 0, data.length);
        received.writeBytes(data);
    }

    byte[] output() {
        byte[] answer = new byte[protocol.getAvailableOutputBytes()];
        protocol.readOutput(answer, 0, answer.length);
        return answer;
    }

    void send(byte[] data) {
        try {
            protocol.writeApplicationData(data, 0, data.length);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    void closeNotify() {
        try {
            protocol.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private final class Server extends DefaultTlsServer {

        private final TestPki.Chain chain;
        private final ProtocolVersion[] versions;
        private int[] suites = {};

        Server(TestPki.Chain chain, ProtocolVersion... versions) {
            super(new DeviceTlsCrypto(TestPki.seeded(42), SharedArithmetic.none(), true));
            this.chain = chain;
            this.versions = versions;
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return versions;
        }

        /** Only what the key can sign: the library picks the suite without asking for the key. */
        @Override
        protected int[] getSupportedCipherSuites() {
            if (suites.length > 0) {
                return suites;
            }
            return chain.key().getAlgorithm().equals("RSA")
                    ? new int[] {0x1302, 0xC030, 0xC02F}
                    : new int[] {0x1302, 0xC02C, 0xC02B};
        }

        @Override
        protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
            return signer(SignatureAlgorithm.ecdsa);
        }

        @Override
        protected TlsCredentialedSigner getRSASignerCredentials() throws IOException {
            return signer(SignatureAlgorithm.rsa);
        }

        @Override
        public org.bouncycastle.tls.TlsCredentials getCredentials() throws IOException {
            return TlsUtils.isTLSv13(context) ? signer(SignatureAlgorithm.ecdsa) : super.getCredentials();
        }

        private TlsCredentialedSigner signer(short algorithm) throws IOException {
            try {
                boolean tls13 = TlsUtils.isTLSv13(context);
                List<CertificateEntry> entries = new ArrayList<>();
                for (X509Certificate certificate : chain.certificates()) {
                    TlsCertificate parsed = getCrypto().createCertificate(certificate.getEncoded());
                    entries.add(new CertificateEntry(parsed, null));
                }
                Certificate list =
                        new Certificate(tls13 ? TlsUtils.EMPTY_BYTES : null, entries.toArray(CertificateEntry[]::new));
                return new BcDefaultTlsCredentialedSigner(
                        new TlsCryptoParameters(context),
                        (DeviceTlsCrypto) getCrypto(),
                        PrivateKeyFactory.createKey(chain.key().getEncoded()),
                        list,
                        TlsUtils.isTLSv12(context) ? new SignatureAndHashAlgorithm((short) 4, algorithm) : null);
            } catch (java.security.cert.CertificateEncodingException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void notifyAlertReceived(short level, short description) {
            if (level == AlertLevel.fatal || description == 0) {
                alertsReceived.add((int) description);
            }
        }
    }
}
