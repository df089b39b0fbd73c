package io.fieldloop.server.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Hashtable;
import java.util.Vector;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsServerCertificate;

/** A TLS client without sockets and without chance, joined to the pipeline under test by hand. */
final class SeededClient {
    /** What happened in both directions, in order. */
    final ByteArrayOutputStream transcript = new ByteArrayOutputStream();

    private final TlsClientProtocol protocol = new TlsClientProtocol();
    private final EmbeddedChannel server;
    private int largestRecordBytes;

    SeededClient(EmbeddedChannel server, TlsVersion version, Settings settings) {
        this.server = server;
        try {
            protocol.connect(new Client(version, settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pump();
    }

    /**
     * What the client does beyond the usual.
     *
     * @param maxFragmentLength code of RFC 6066 section 4, or -1
     * @param rejectWith alert to answer the certificate with, or -1
     */
    record Settings(int maxFragmentLength, int rejectWith) {
        static final Settings USUAL = new Settings(-1, -1);
    }

    /** Moves bytes until both sides are quiet. */
    void pump() {
        boolean moved = true;
        while (moved) {
            moved = toServer() || toClient();
            server.runPendingTasks();
        }
    }

    private boolean toServer() {
        int available = protocol.getAvailableOutputBytes();
        if (available == 0) {
            return false;
        }
        byte[] bytes = new byte[available];
        protocol.readOutput(bytes, 0, available);
        transcript.writeBytes(bytes);
        if (server.isOpen()) {
            server.writeInbound(Unpooled.wrappedBuffer(bytes));
        }
        return true;
    }

    private boolean toClient() {
        ByteBuf outbound = server.readOutbound();
        if (outbound == null) {
            return false;
        }
        byte[] bytes = ByteBufUtil.getBytes(outbound);
        outbound.release();
        transcript.writeBytes(bytes);
        for (int at = 0; at + 5 <= bytes.length; ) {
            int length = (bytes[at + 3] & 0xFF) << 8 | (bytes[at + 4] & 0xFF);
            largestRecordBytes = Math.max(largestRecordBytes, length);
            at += 5 + length;
        }
        try {
            if (!protocol.isClosed()) {
                protocol.offerInput(bytes);
            }
        } catch (IOException e) {
            // The client has its alert ready, or took one; both show in what the server reports.
        }
        return true;
    }

    void send(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            protocol.writeApplicationData(bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pump();
    }

    String received() {
        byte[] bytes = new byte[protocol.getAvailableInputBytes()];
        protocol.readInput(bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    void close() {
        try {
            protocol.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pump();
    }

    boolean closed() {
        return protocol.isClosed();
    }

    int largestRecordBytes() {
        return largestRecordBytes;
    }

    private static final class Client extends DefaultTlsClient {
        private final TlsVersion version;
        private final Settings settings;

        Client(TlsVersion version, Settings settings) {
            super(new RunTlsCrypto(Fixtures.random(77), SharedArithmetic.none()));
            this.version = version;
            this.settings = settings;
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.get(3, version.code() & 0xFF).only();
        }

        @Override
        protected Vector<?> getSNIServerNames() {
            Vector<ServerName> names = new Vector<>();
            names.add(new ServerName((short) 0, "gateway.test".getBytes(StandardCharsets.US_ASCII)));
            return names;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
            Hashtable<Integer, byte[]> extensions = super.getClientExtensions();
            if (settings.maxFragmentLength() >= 0) {
                TlsExtensionsUtils.addMaxFragmentLengthExtension(extensions, (short) settings.maxFragmentLength());
            }
            return extensions;
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate certificate) throws IOException {
                    if (settings.rejectWith() >= 0) {
                        throw new TlsFatalAlert((short) settings.rejectWith());
                    }
                }

                @Override
                public TlsCredentials getClientCredentials(CertificateRequest request) {
                    return null;
                }
            };
        }
    }
}
