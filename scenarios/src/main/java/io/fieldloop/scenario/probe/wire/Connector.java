package io.fieldloop.scenario.probe.wire;

import io.fieldloop.device.websocket.FrameWriter;
import io.fieldloop.scenario.report.text.VisibleText;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsFatalAlert;

/** Makes connections to the server, at a measured pace, each with a limit. */
public final class Connector {
    /** As long as the firmware waits for most things (protocol reference 1.4). */
    public static final Duration LIMIT = Duration.ofSeconds(10);

    private final ServerUrl url;
    private final InetAddress address;
    private final Pace pace;
    private final SecureRandom random;
    private final LongSupplier nanos;
    private final ScheduledExecutorService timer;

    public Connector(
            ServerUrl url,
            InetAddress address,
            Pace pace,
            SecureRandom random,
            LongSupplier nanos,
            ScheduledExecutorService timer) {
        this.url = url;
        this.address = address;
        this.pace = pace;
        this.random = random;
        this.nanos = nanos;
        this.timer = timer;
    }

    public ServerUrl url() {
        return url;
    }

    public InetAddress address() {
        return address;
    }

    /** Writes frames as devices do. */
    public FrameWriter frames() {
        return new FrameWriter(UnpooledByteBufAllocator.DEFAULT, random);
    }

    public SecureRandom random() {
        return random;
    }

    public long nanos() {
        return nanos.getAsLong();
    }

    public Duration since(long startNanos) {
        return Duration.ofNanos(nanos() - startNanos);
    }

    /** Waits until the next connection may be made. */
    public void awaitTurn() {
        try {
            timer.schedule(() -> {}, pace.takeNanos(), TimeUnit.NANOSECONDS).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExamineException("The examination was interrupted.");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a task that does nothing failed", impossible);
        }
    }

    /** How long TCP takes, from name to connection. */
    public Duration connectTime() throws IOException {
        awaitTurn();
        long began = nanos();
        Limit.close(connected(url.port()));
        return since(began);
    }

    /** A connection as the URL asks for: TLS with everything on offer, or none. */
    public Connection open(Duration lasting) throws IOException {
        if (!url.tls()) {
            return plain(url.port(), lasting);
        }
        TlsOffer all = TlsOffer.all(url.host());
        try {
            return secure(all, lasting);
        } catch (TlsRefusedException refused) {
            if (!refused.seen().refusedByAlert()) {
                throw refused;
            }
            return secure(all.beforeTls13(), lasting);
        }
    }

    /** A connection in the clear, whatever the URL says. */
    public Connection plain(int port, Duration lasting) throws IOException {
        Socket socket = dial(port);
        Limit limit = new Limit(socket, lasting, timer);
        return new Connection(socket, limit, socket.getInputStream(), socket.getOutputStream(), null);
    }

    /** A connection inside TLS; fails with {@link TlsRefusedException} where only TLS did. */
    Connection secure(TlsOffer offer, Duration lasting) throws IOException {
        Socket socket = dial(url.port());
        Limit limit = new Limit(socket, lasting, timer);
        ExaminingTlsClient client = new ExaminingTlsClient(offer, random);
        FirstBytes first = new FirstBytes(socket.getInputStream());
        TlsClientProtocol protocol = new TlsClientProtocol(first, socket.getOutputStream());
        try {
            protocol.connect(client);
            return new Connection(
                    socket,
                    limit,
                    protocol.getInputStream(),
                    protocol.getOutputStream(),
                    client.seen(null, first.splitsMessages()));
        } catch (IOException e) {
            String fate = fate(e, first, limit);
            limit.lift();
            Limit.close(socket);
            throw new TlsRefusedException(client.seen(fate, first.splitsMessages()), e);
        }
    }

    /** A handshake of this Java's own TLS, with the checks of a desktop. */
    public SSLSession desktop(SSLContext context) throws IOException {
        Socket socket = dial(url.port());
        Limit limit = new Limit(socket, LIMIT, timer);
        try (SSLSocket tls =
                (SSLSocket) context.getSocketFactory().createSocket(socket, url.host(), url.port(), true)) {
            SSLParameters checks = tls.getSSLParameters();
            checks.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(checks);
            tls.startHandshake();
            return tls.getSession();
        } finally {
            limit.lift();
            Limit.close(socket);
        }
    }

    private static String fate(IOException failure, FirstBytes first, Limit limit) {
        Optional<String> other = first.insteadOfTls();
        if (other.isPresent()) {
            return "it speaks no TLS: " + VisibleText.line(other.get());
        }
        if (first.none()) {
            return Connection.fate(failure, limit);
        }
        if (failure instanceof TlsFatalAlert ours
                && ours.getAlertDescription() == AlertDescription.certificate_unknown) {
            return "its certificate is not for this use";
        }
        // The library raises internal_error for every end of the stream, too.
        return failure instanceof TlsFatalAlert ours && ours.getAlertDescription() != AlertDescription.internal_error
                ? "it speaks TLS that cannot be followed (our alert "
                        + ExaminingTlsClient.named(ours.getAlertDescription()) + ")"
                : Connection.fate(failure, limit);
    }

    /** Only a handshake, and what was seen of it. */
    public TlsSeen shake(TlsOffer offer) throws IOException {
        try (Connection connection = secure(offer, LIMIT)) {
            return Objects.requireNonNull(connection.tls());
        } catch (TlsRefusedException refused) {
            return refused.seen();
        }
    }

    private Socket dial(int port) throws IOException {
        awaitTurn();
        return connected(port);
    }

    private Socket connected(int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address, port), Math.toIntExact(LIMIT.toMillis()));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Why there was no TCP connection, in half a sentence. */
    public static String inWords(IOException failure) {
        if (failure instanceof SocketTimeoutException) {
            return "no answer within " + LIMIT.toSeconds() + " s";
        } else if (failure instanceof NoRouteToHostException) {
            return "there is no route to it";
        }
        return failure instanceof ConnectException ? "connection refused" : String.valueOf(failure.getMessage());
    }
}
