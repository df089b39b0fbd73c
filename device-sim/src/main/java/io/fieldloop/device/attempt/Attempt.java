package io.fieldloop.device.attempt;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.DeviceRuntime;
import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.conversation.HelloMessage;
import io.fieldloop.device.conversation.JsonMessage;
import io.fieldloop.device.conversation.ServerHello;
import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.device.profile.Dialect;
import io.fieldloop.device.profile.PhaseLimits;
import io.fieldloop.device.tls.DeviceTlsException;
import io.fieldloop.device.tls.TlsEstablished;
import io.fieldloop.device.websocket.FrameWriter;
import io.fieldloop.device.websocket.Identity;
import io.fieldloop.device.websocket.MessageSink;
import io.fieldloop.device.websocket.UpgradeRequest;
import io.fieldloop.device.websocket.WebSocketConnection;
import io.fieldloop.device.websocket.WebSocketHandler;
import io.fieldloop.device.websocket.WebSocketKey;
import io.fieldloop.device.websocket.WebSocketMessage;
import io.fieldloop.device.websocket.WebSocketPipeline;
import io.fieldloop.device.websocket.WebSocketUrl;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.ReferenceCountUtil;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to open the audio channel, from the URL to the server's hello; ends exactly once, in {@link Listener#online} or {@link
 * Listener#failed}.
 */
public final class Attempt implements MessageSink {

    /** Who asked for the attempt. */
    public interface Listener {
        void online(WebSocketConnection wire, ServerHello hello, ConnectOutcome.Online outcome);

        /** The wire is given when the profile leaves the failed connection open for a late hello. */
        void failed(ConnectOutcome.Failed outcome, @Nullable WebSocketConnection left);
    }

    private final DeviceContext board;
    private final DeviceProfile profile;
    private final PhaseLimits limits;
    private final Listener listener;
    private final @Nullable ServerHello lateHello;
    private final WebSocketHandler wireHandler = new WebSocketHandler(this);
    private final AttemptTimer timer;
    private final ReceiveClock receiveClock;
    private final String key;
    private final long startedNanos;
    private Phase phase = Phase.DNS;
    private @Nullable WebSocketUrl url;
    private @Nullable Channel channel;
    private @Nullable WebSocketConnection wire;
    private long connectedNanos;
    private long requestedNanos;
    private long upgradedNanos;

    /** @param lateHello a server hello that came after the previous attempt had given up, and now satisfies this one's wait */
    public Attempt(DeviceContext board, @Nullable ServerHello lateHello, Listener listener) {
        this.board = board;
        this.profile = board.config().profile();
        this.limits = profile.limits();
        this.lateHello = lateHello;
        this.listener = listener;
        this.timer = new AttemptTimer(board);
        this.receiveClock = new ReceiveClock(board);
        this.key = WebSocketKey.next(board.runtime().random());
        this.startedNanos = board.nanoTime();
    }

    public void start() {
        DeviceConfig config = board.config();
        board.emit(new DeviceEvent.AttemptStarted(config.url()));
        board.log(
                LogLevel.INFO,
                "WS",
                "Connecting to websocket server: " + config.url() + " with version: " + config.protocolVersion());
        WebSocketUrl parsed = WebSocketUrl.parse(profile.dialect(), config.url())
                .map(address -> address.with(profile.tls().use()))
                .orElse(null);
        if (parsed == null) {
            fail(FailureReason.INVALID_URL);
            return;
        }
        url = parsed;
        phase = Phase.TCP;
        DeviceRuntime runtime = board.runtime();
        WebSocketPipeline pipeline = new WebSocketPipeline(board, parsed, key, receiveClock, wireHandler);
        ChannelFuture dialled = runtime.dialer().dial(runtime.loop(), parsed.host(), parsed.port(), pipeline);
        channel = dialled.channel();
        limit(parsed.tls() ? limits.tlsConnect() : limits.plainConnect(), FailureReason.TCP_TIMEOUT);
        dialled.addListener(result -> dialled(parsed, dialled));
    }

    /** The user gives up, or closes the channel before it is open. */
    public void cancel() {
        fail(FailureReason.CLOSED_BY_USER);
    }

    private void dialled(WebSocketUrl target, ChannelFuture dialled) {
        if (phase != Phase.TCP) {
            closeChannel(); // the attempt ended before the channel could be closed
            return;
        }
        Throwable cause = dialled.cause();
        if (cause instanceof UnknownHostException) {
            phase = Phase.DNS;
            fail(FailureReason.DNS_FAILURE);
        } else if (cause != null) {
            fail(cause instanceof ConnectException ? FailureReason.TCP_REFUSED : FailureReason.TCP_RESET);
        } else {
            connectedNanos = board.nanoTime();
            board.emit(new DeviceEvent.TcpConnected(board.since(startedNanos)));
            if (target.tls()) {
                beginTls();
            } else {
                requestUpgrade(target);
            }
        }
    }

    private void beginTls() {
        phase = Phase.TLS;
        receiveClock.restart();
        if (limits.openCoversTls()) {
            limit(limits.tlsConnect().minus(board.since(startedNanos)), FailureReason.TLS_TIMEOUT);
        } else {
            timer.restartOnSilence(limits.tlsSilence(), receiveClock, () -> fail(FailureReason.TLS_TIMEOUT));
        }
    }

    private void requestUpgrade(WebSocketUrl target) {
        phase = Phase.UPGRADE;
        Channel connected = channel;
        if (connected == null || !connected.isActive()) {
            fail(FailureReason.CONNECTION_LOST);
            return;
        }
        DeviceConfig config = board.config();
        Identity identity =
                new Identity(config.token(), config.clientId(), config.deviceId(), config.protocolVersion());
        String request = UpgradeRequest.write(
                profile.dialect(), target, identity, key, config.headers().byName());
        wire = new WebSocketConnection(
                board,
                connected,
                wireHandler,
                new FrameWriter(connected.alloc(), board.runtime().random()));
        requestedNanos = board.nanoTime();
        limit(limits.upgradeResponse(), FailureReason.UPGRADE_TIMEOUT);
        ByteBuf bytes = ByteBufUtil.writeUtf8(connected.alloc(), request);
        connected.writeAndFlush(bytes);
    }

    @Override
    public void received(WebSocketMessage message) {
        WebSocketConnection upgraded = wire;
        if (upgraded == null || phase == Phase.OVER) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof WebSocketMessage.Answered answered) {
            FailureReason failure = answered.verdict().failure();
            if (failure == null) {
                sayHello(upgraded);
            } else {
                fail(AttemptFault.of(failure, phase, url)
                        .withStatus(answered.verdict().status()));
            }
        } else if (message instanceof WebSocketMessage.Text text) {
            text(upgraded, text.text());
        } else if (message instanceof WebSocketMessage.Ping ping) {
            upgraded.answer(ping);
        } else if (message instanceof WebSocketMessage.Close) {
            closed(upgraded);
        } else if (message instanceof WebSocketMessage.Skipped skipped) {
            board.log(LogLevel.ERROR, "WebSocket", skipped.text());
        } else if (message instanceof WebSocketMessage.Broken broken) {
            board.log(LogLevel.ERROR, "WebSocket", broken.text());
            fail(FailureReason.CONNECTION_LOST);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void sayHello(WebSocketConnection upgraded) {
        phase = Phase.HELLO;
        upgradedNanos = board.nanoTime();
        board.emit(new DeviceEvent.Upgraded(board.since(requestedNanos)));
        limit(limits.serverHello(), FailureReason.HELLO_TIMEOUT);
        upgraded.sendJson("hello", null, HelloMessage.of(board.config().protocolVersion()));
        if (lateHello != null) {
            online(upgraded, lateHello);
        }
    }

    private void text(WebSocketConnection upgraded, String text) {
        JsonMessage message = upgraded.parse(text);
        if (message == null || !message.type().equals("hello")) {
            return;
        }
        ServerHello hello = upgraded.acceptHello(message);
        if (hello != null) {
            online(upgraded, hello);
        } else if (profile.dialect() == Dialect.RFC_6455) {
            fail(FailureReason.UNSUPPORTED_TRANSPORT);
        }
    }

    private void closed(WebSocketConnection upgraded) {
        if (profile.response().noticesLoss()) {
            if (profile.frames().answersClose()) {
                upgraded.answerClose();
            }
            fail(FailureReason.CLOSED_BY_SERVER);
        } else {
            // The firmware notes it and goes on waiting for the hello.
            board.log(LogLevel.INFO, "WS", "Websocket disconnected");
        }
    }

    @Override
    public void announced(Object event) {
        WebSocketUrl target = url;
        if (phase == Phase.TLS && target != null && event instanceof TlsEstablished tls) {
            board.emit(new DeviceEvent.TlsEstablished(tls.version(), tls.suite(), tls.elapsed()));
            requestUpgrade(target);
        }
    }

    @Override
    public void lost(@Nullable Throwable cause) {
        WebSocketUrl target = url;
        if (phase == Phase.TLS && target != null && cause instanceof DeviceTlsException tls) {
            fail(AttemptFault.of(tls, target));
        } else if (phase == Phase.UPGRADE || phase == Phase.HELLO) {
            LossLines.log(board, cause);
            if (profile.response().noticesLoss()) {
                fail(
                        cause == null
                                ? AttemptFault.of(FailureReason.CLOSED_BY_SERVER, phase, url)
                                : AttemptFault.lost(cause, phase, url));
            } else if (phase == Phase.HELLO) {
                board.log(LogLevel.INFO, "WS", "Websocket disconnected");
            }
        }
    }

    private void online(WebSocketConnection upgraded, ServerHello hello) {
        phase = Phase.OVER;
        timer.stop();
        listener.online(
                upgraded,
                hello,
                new ConnectOutcome.Online(
                        board.since(startedNanos),
                        hello.sessionId(),
                        Duration.ofNanos(connectedNanos - startedNanos),
                        Duration.ofNanos(upgradedNanos - connectedNanos),
                        board.since(upgradedNanos)));
    }

    private void fail(FailureReason reason) {
        fail(AttemptFault.of(reason, phase, url));
    }

    private void fail(AttemptFault fault) {
        if (phase == Phase.OVER) {
            return;
        }
        phase = Phase.OVER;
        timer.stop();
        boolean leaveOpen = fault.reason() == FailureReason.HELLO_TIMEOUT && profile.keepsLateHello();
        if (!leaveOpen) {
            wireHandler.handTo(NOBODY);
            closeChannel();
        }
        FailureReport report = FailureReporter.report(profile.dialect(), fault);
        report.lines().forEach(line -> board.log(line.level(), line.tag(), line.message()));
        listener.failed(
                new ConnectOutcome.Failed(
                        fault.reason(),
                        report.code(),
                        report.text(),
                        board.since(startedNanos),
                        fault.phase().wireName(),
                        fault.alertSent(),
                        fault.alertReceived(),
                        fault.status()),
                leaveOpen ? wire : null);
    }

    private void closeChannel() {
        if (channel != null && channel.isRegistered()) {
            channel.close();
        }
    }

    private void limit(Duration limit, FailureReason reason) {
        timer.restart(limit, () -> fail(reason));
    }
}
