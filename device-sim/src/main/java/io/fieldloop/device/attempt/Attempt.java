package io.fieldloop.device.attempt;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.conversation.JsonMessage;
import io.fieldloop.device.conversation.MessageChannel;
import io.fieldloop.device.conversation.ServerHello;
import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.profile.Dialect;
import io.fieldloop.device.tls.DeviceTlsException;
import io.fieldloop.device.tls.TlsEstablished;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to open the audio channel, from the name of the server to its hello; ends exactly once, in {@link Listener#online} or
 * {@link Listener#failed}.
 *
 * <p>What is said between TLS and the device's hello is the {@link TransportClient}'s.
 */
public final class Attempt implements Opening, OpenAttempt, ConnectWatcher {

    /** Who asked for the attempt. */
    public interface Listener {
        /** The connection is up, and no more was wanted of it. */
        default void connected(Duration elapsed) {
            throw new IllegalStateException("This transport says hello to open its channel.");
        }

        void online(MessageChannel channel, ServerHello hello, ConnectOutcome.Online outcome);

        /** The channel is given when the profile leaves the failed connection open for a late hello. */
        void failed(ConnectOutcome.Failed outcome, @Nullable MessageChannel left);

        /** Whether one more redirect is followed. */
        default boolean mayFollow() {
            return false;
        }

        /** The attempt ended without an outcome of its own: the next one goes to {@code url}. */
        default void redirected(String url) {
            throw new IllegalStateException("No redirect is followed.");
        }
    }

    private static final Set<FailureReason> GIVEN_UP =
            Set.of(FailureReason.CLOSED_BY_USER, FailureReason.REDIRECT_LOOP);

    private final DeviceContext context;
    private final TransportClient client;
    private final @Nullable ServerHello lateHello;
    private final Listener listener;
    private final AttemptTimer timer;
    private final AttemptTimes times;
    private Phase phase = Phase.DNS;
    private boolean over;
    private boolean dialled;
    private boolean secured;
    private boolean astray;
    private @Nullable Endpoint endpoint;
    private @Nullable Channel connection;
    private @Nullable MessageChannel opened;

    /** @param lateHello a server hello that came after the previous attempt had given up, and now satisfies this one's wait */
    public Attempt(DeviceContext context, TransportClient client, @Nullable ServerHello lateHello, Listener listener) {
        this.context = context;
        this.client = client;
        this.lateHello = lateHello;
        this.listener = listener;
        this.timer = new AttemptTimer(context, client.limits(), this::timedOut);
        this.times = new AttemptTimes(context);
    }

    public void start(Dial dial, List<X509Certificate> trustAnchors) {
        Endpoint target = client.endpoint();
        if (target == null) {
            fail(FailureReason.INVALID_URL);
            return;
        }
        endpoint = target;
        phase = Phase.TCP;
        timer.limitConnect(target.tls());
        ChannelFuture dialled = dial.dial(
                target,
                new AttemptPipeline(
                        context, trustAnchors, target, timer.heard(), this, pipeline -> client.addTo(pipeline, this)));
        connection = dialled.channel();
        dialled.addListener(result -> dialled(target, dialled));
    }

    @Override
    public void nameAsked() {
        phase = Phase.DNS;
        timer.pause();
    }

    @Override
    public void nameFound(NameLookup.Found found) {
        Endpoint target = endpoint;
        if (over || target == null) {
            return;
        }
        context.emit(
                new DeviceEvent.NameResolved(found.host(), NetUtil.toAddressString(found.address()), times.elapsed()));
        if (phase == Phase.DNS) {
            timer.limitConnect(target.tls());
        }
        phase = Phase.TCP;
        // EspTcp copies the 16 bytes of an IPv6 address into an IPv4 one (78/esp-ml307, src/esp/esp_tcp.cc), and calls
        // a stranger.
        astray = found.address() instanceof Inet6Address
                && !target.tls()
                && context.profile().dialect() == Dialect.XIAOZHI_WIFI;
        if (astray) {
            closeConnection();
        }
    }

    /** How far it has come. */
    public Phase phase() {
        return phase;
    }

    /** Whoever asked for the attempt is gone: it ends without an outcome. */
    public void abandon() {
        over = true;
        timer.stop();
        client.silence();
        closeConnection();
    }

    @Override
    public void cancel() {
        fail(FailureReason.CLOSED_BY_USER);
    }

    private void dialled(Endpoint target, ChannelFuture dialled) {
        if (astray) {
            return;
        }
        if (over) {
            closeConnection(); // the attempt ended before the channel could be closed
            return;
        }
        Throwable cause = dialled.cause();
        if (cause != null) {
            AttemptFault fault = AttemptFault.ofDial(cause, phase, target);
            phase = fault.phase();
            fail(fault);
        } else {
            tcpConnected();
            this.dialled = true;
            openWhenReady();
        }
    }

    @Override
    public void tcpConnected() {
        Endpoint target = endpoint;
        if (over || target == null || times.isConnected()) {
            return;
        }
        times.connected();
        context.emit(new DeviceEvent.TcpConnected(times.elapsed()));
        secured = !target.tls();
        if (target.tls()) {
            phase = Phase.TLS;
            timer.limitTls(times.elapsed());
        }
    }

    /** Behind a modem TLS comes first, and then the news of it. */
    private void openWhenReady() {
        if (dialled && secured) {
            open();
        }
    }

    @Override
    public void tlsEstablished(TlsEstablished tls) {
        if (!over && phase == Phase.TLS) {
            context.emit(new DeviceEvent.TlsEstablished(tls.version(), tls.suite(), tls.resumed(), tls.elapsed()));
            secured = true;
            openWhenReady();
        }
    }

    @Override
    public void tlsFailed(DeviceTlsException tls) {
        Endpoint target = endpoint;
        if (phase == Phase.TLS && target != null) {
            fail(AttemptFault.of(tls, target));
        }
    }

    private void open() {
        phase = client.phase();
        Channel connected = connection;
        if (connected == null || !connected.isActive()) {
            fail(FailureReason.CONNECTION_LOST);
            return;
        }
        timer.limitAnswer();
        client.open();
    }

    @Override
    public void opened(MessageChannel channel) {
        opened = channel;
        phase = Phase.HELLO;
        times.opened();
        timer.limitHello();
        channel.sendJson("hello", null, client.hello());
        if (lateHello != null) {
            online(channel, lateHello);
        }
    }

    @Override
    public void letIn() {
        if (!over) {
            over = true;
            timer.stop();
            listener.connected(times.elapsed());
        }
    }

    @Override
    public void refused(FailureReason reason, @Nullable Integer status) {
        fail(AttemptFault.of(reason, phase, endpoint).withStatus(status));
    }

    @Override
    public void redirected(String location) {
        if (!listener.mayFollow()) {
            fail(FailureReason.REDIRECT_LOOP);
        } else if (!over) {
            over = true;
            timer.stop();
            client.silence();
            closeConnection();
            listener.redirected(client.redirected(location));
        }
    }

    @Override
    public void received(@Nullable JsonMessage message) {
        MessageChannel channel = opened;
        if (over || channel == null || message == null || !message.type().equals("hello")) {
            return;
        }
        ServerHello hello = channel.reader().hello(message);
        if (hello != null) {
            online(channel, hello);
        } else if (context.profile().dialect() == Dialect.RFC_6455) {
            fail(FailureReason.UNSUPPORTED_TRANSPORT);
        }
    }

    @Override
    public void closed() {
        if (client.noticesLoss()) {
            fail(ended());
        } else if (opened != null) {
            opened.logDisconnected(); // and the firmware goes on waiting for the hello
        }
    }

    /** Until the upgrade is answered there is no channel that could be closed. */
    private FailureReason ended() {
        return phase == Phase.UPGRADE ? FailureReason.UPGRADE_EOF : FailureReason.CLOSED_BY_SERVER;
    }

    @Override
    public void broken(FailureReason reason) {
        fail(reason);
    }

    @Override
    public void lost(@Nullable String code) {
        if (!client.noticesLoss()) {
            if (opened != null) {
                opened.logDisconnected();
            }
        } else if (code == null) {
            fail(ended());
        } else {
            fail(AttemptFault.of(FailureReason.CONNECTION_LOST, phase, endpoint).withLossCode(code));
        }
    }

    private void online(MessageChannel channel, ServerHello hello) {
        over = true;
        timer.stop();
        listener.online(channel, hello, times.online(hello));
    }

    private void timedOut() {
        fail(phase.timeout());
    }

    private void fail(FailureReason reason) {
        fail(AttemptFault.of(reason, phase, endpoint));
    }

    private void fail(AttemptFault fault) {
        if (over) {
            return;
        }
        over = true;
        timer.stop();
        boolean leaveOpen = fault.reason() == FailureReason.HELLO_TIMEOUT
                && context.profile().keepsLateHello();
        if (!leaveOpen) {
            client.silence();
            closeConnection();
        }
        FailureReport report =
                GIVEN_UP.contains(fault.reason()) ? FailureReport.givenUp(fault.reason()) : client.report(fault);
        report.lines().forEach(line -> context.log(line.level(), line.tag(), line.message()));
        listener.failed(times.failed(fault, report), leaveOpen ? opened : null);
    }

    private void closeConnection() {
        if (connection != null && connection.isRegistered()) {
            connection.close();
        }
    }
}
