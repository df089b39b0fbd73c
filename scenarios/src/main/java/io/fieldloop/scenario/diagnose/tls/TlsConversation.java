package io.fieldloop.scenario.diagnose.tls;

import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.scenario.diagnose.tcp.StreamReader;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a TLS connection: the messages of its handshake, its alerts, and with secrets what was said inside. */
public final class TlsConversation implements StreamReader {
    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int APPLICATION_DATA = 23;
    static final int CLIENT_HELLO = 1;
    static final int SERVER_HELLO = 2;
    static final int CERTIFICATE = 11;
    static final int FINISHED = 20;
    static final int KEY_UPDATE = 24;
    private static final int ILLEGAL_PARAMETER = 47;
    private static final int MESSAGES_MAX = 64;
    private static final int CERTIFICATES_MAX = 32;

    private final Secrets secrets;
    private final StreamReader inside;
    private final TlsHalf client;
    private final TlsHalf server;
    private final List<Message> messages = new ArrayList<>();
    private final List<Alert> alerts = new ArrayList<>();
    private final List<byte[]> certificates = new ArrayList<>();
    private @Nullable ClientHello clientHello;
    private @Nullable ServerHello serverHello;
    private @Nullable SessionKeys keys;
    private boolean retried;
    private int certificateBytes;

    /** @param inside reads what the connection protects, where the secrets are there */
    public TlsConversation(Secrets secrets, StreamReader inside) {
        this.secrets = secrets;
        this.inside = inside;
        client = new TlsHalf(true, this);
        server = new TlsHalf(false, this);
    }

    @Override
    public void bytes(boolean fromClient, byte[] bytes, int offset, int length, long packet, long nanos) {
        half(fromClient).stream().bytes(bytes, offset, length, packet, nanos);
    }

    @Override
    public void gap(boolean fromClient) {
        half(fromClient).lose();
        inside.gap(fromClient);
    }

    @Override
    public int footprint() {
        return client.footprint() + server.footprint() + certificateBytes;
    }

    /** A whole handshake message; {@code from} is where its header begins. */
    void message(boolean fromClient, int type, byte[] bytes, int from, int end, Moment at) {
        if (messages.size() < MESSAGES_MAX) {
            messages.add(new Message(fromClient, type, end - from, at));
        }
        try {
            Fields body = new Fields(bytes, from + 4, end);
            switch (type) {
                case CLIENT_HELLO -> {
                    if (clientHello == null || retried) {
                        clientHello = ClientHello.parse(body);
                    }
                }
                case SERVER_HELLO -> chosen(ServerHello.parse(body));
                case CERTIFICATE -> {
                    if (!fromClient && certificates.isEmpty()) {
                        readCertificates(body);
                    }
                }
                default -> {}
            }
            if (keys != null && (type == FINISHED || type == KEY_UPDATE) && isTls13()) {
                half(fromClient).use(type == FINISHED ? keys.application(fromClient) : keys.next(fromClient));
            }
        } catch (Fields.CutOff damaged) {
            return;
        } catch (GeneralSecurityException noKeys) {
            half(fromClient).use(null);
        }
    }

    private void chosen(ServerHello hello) throws GeneralSecurityException {
        if (hello.isRetry()) {
            retried = true;
            return;
        }
        if (serverHello != null) {
            return;
        }
        serverHello = hello;
        keys = clientHello == null ? null : SessionKeys.of(secrets, clientHello.random(), hello);
        if (keys != null && isTls13()) {
            client.use(keys.handshake(true));
            server.use(keys.handshake(false));
        }
    }

    private void readCertificates(Fields body) {
        if (isTls13()) {
            body.part(body.u8());
        }
        Fields list = body.part(body.u24());
        while (!list.isOver() && certificates.size() < CERTIFICATES_MAX) {
            byte[] certificate = list.octets(list.u24());
            certificates.add(certificate);
            certificateBytes += certificate.length;
            if (isTls13()) {
                list.part(list.u16());
            }
        }
    }

    /** From here on that direction is encrypted, in TLS 1.2. */
    void cipherChanged(boolean fromClient) {
        if (keys != null && !isTls13()) {
            try {
                half(fromClient).use(keys.tls12(fromClient));
            } catch (GeneralSecurityException noKeys) {
                half(fromClient).use(null);
            }
        }
    }

    void alert(Alert alert) {
        if (alerts.size() < MESSAGES_MAX) {
            alerts.add(alert);
        }
    }

    void inside(boolean fromClient, byte[] bytes, int length, Moment at) {
        inside.bytes(fromClient, bytes, 0, length, at.packet(), at.nanos());
    }

    private TlsHalf half(boolean fromClient) {
        return fromClient ? client : server;
    }

    public TlsHalf client() {
        return client;
    }

    public TlsHalf server() {
        return server;
    }

    public @Nullable ClientHello clientHello() {
        return clientHello;
    }

    /** The choice of the server, or null where it made none. */
    public @Nullable ServerHello serverHello() {
        return serverHello;
    }

    public boolean isTls13() {
        return retried || (serverHello != null && serverHello.version() == TlsWords.TLS_1_3);
    }

    /** Those that could be read, in order. */
    public List<Message> messages() {
        return messages;
    }

    public List<Alert> alerts() {
        return alerts;
    }

    /** The last message of the handshake that could be read, or null. */
    public @Nullable Message lastMessage() {
        return messages.isEmpty() ? null : messages.get(messages.size() - 1);
    }

    /** The session ticket that the server gave behind the handshake of TLS 1.3, or null. */
    public @Nullable Message ticket() {
        return messages.stream()
                .filter(message -> isTls13() && message.name().equals("NewSessionTicket"))
                .findFirst()
                .orElse(null);
    }

    /** What the client showed when it was asked for a certificate, or null where it was not. */
    public @Nullable Message clientCertificate() {
        return messages.stream()
                .filter(message -> message.fromClient() && message.name().equals("Certificate"))
                .findFirst()
                .orElse(null);
    }

    /** Whether a client that offers RSA-PSS refuses what an RSA key signed in TLS 1.2, as mbedTLS 3.6.6 does (-0x6600). */
    public boolean isPssRefused() {
        return !isTls13()
                && !chain().isEmpty()
                && chain().get(0).getPublicKey().getAlgorithm().equals("RSA")
                && alerts.stream().anyMatch(alert -> alert.fromClient() && alert.number() == ILLEGAL_PARAMETER);
    }

    /** The length of the server's longest handshake message that was whole. */
    public int largestMessage() {
        return messages.stream()
                .filter(message -> !message.fromClient())
                .mapToInt(Message::bytes)
                .max()
                .orElse(0);
    }

    /** The server's chain as it was sent; empty where it could not be read. */
    public List<X509Certificate> chain() {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] one : certificates) {
                chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(one)));
            }
        } catch (CertificateException unreadable) {
            return chain;
        }
        return chain;
    }

    /** Whether both ends have finished their handshake, or speak as after it. */
    public boolean isEstablished() {
        return isTls13()
                ? client.isFinished() && server.isProtected()
                : client.isProtected() && server.isProtected() && client.isFinished() && server.isFinished();
    }

    /** Whether what is inside could be read. */
    public boolean isOpen() {
        return keys != null && !client.isClosedBook() && !server.isClosedBook();
    }
}
