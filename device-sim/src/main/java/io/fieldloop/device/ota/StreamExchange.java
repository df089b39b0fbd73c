package io.fieldloop.device.ota;

import io.fieldloop.device.attempt.AttemptFault;
import io.fieldloop.device.attempt.AttemptPipeline;
import io.fieldloop.device.attempt.ConnectWatcher;
import io.fieldloop.device.attempt.Dial;
import io.fieldloop.device.attempt.Endpoint;
import io.fieldloop.device.attempt.FailureReport;
import io.fieldloop.device.attempt.FailureReporter;
import io.fieldloop.device.attempt.LossLines;
import io.fieldloop.device.attempt.NameLookup;
import io.fieldloop.device.attempt.ReceiveClock;
import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.profile.PhaseLimits;
import io.fieldloop.device.tls.DeviceTlsException;
import io.fieldloop.device.tls.TlsEstablished;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The library's own HTTP client, over a socket of the device's or of a modem's (78/esp-ml307, src/http_client.cc).
 *
 * <p>The end of the connection before a status is not one of the things it waits for, so that such an answer costs the whole 30 s.
 */
public final class StreamExchange implements HttpExchange, ConnectWatcher {
    private static final String TAG = "HttpClient";

    /** MAX_BODY_CHUNKS_SIZE: more of the body than that is not taken from the socket while nobody reads it. */
    private static final int BODY_BYTES_MAX = 8192;

    private final DeviceContext context;
    private final Dial dial;
    private final List<X509Certificate> trustAnchors;
    private final HttpReader reader = new HttpReader();
    private final ReceiveClock receiveClock;
    private final HttpWait wait;
    private String request = "";
    private IntConsumer opened = code -> {};
    private Endpoint endpoint = new Endpoint("", 0, false);
    private Phase phase = Phase.TCP;
    private boolean open;
    private boolean readsAll;
    private int error;
    private @Nullable FailureReason failure;
    private @Nullable Channel channel;

    public StreamExchange(DeviceContext context, Dial dial, List<X509Certificate> trustAnchors) {
        this.context = context;
        this.dial = dial;
        this.trustAnchors = trustAnchors;
        this.receiveClock = new ReceiveClock(context);
        this.wait = new HttpWait(context);
    }

    @Override
    public void open(OtaRequest asked, IntConsumer result) {
        HttpUrl url = asked.url();
        request = asked.text();
        opened = result;
        if (url.problem() != null) {
            context.log(LogLevel.ERROR, TAG, url.problem());
            failure = FailureReason.INVALID_URL;
            notOpened(0);
            return;
        }
        endpoint = url.endpoint();
        limitConnect();
        ChannelFuture dialled = dial.dial(
                endpoint,
                new AttemptPipeline(
                        context,
                        trustAnchors,
                        endpoint,
                        receiveClock,
                        this,
                        pipeline -> pipeline.addLast("http", new Receiver())));
        channel = dialled.channel();
        dialled.addListener(result1 -> dialled(dialled));
    }

    private void limitConnect() {
        PhaseLimits limits = context.profile().limits();
        wait.limitBy(
                endpoint.tls() ? limits.tlsConnect() : limits.plainConnect(),
                () -> connectFailed(AttemptFault.of(phase.timeout(), phase, endpoint)));
    }

    @Override
    public void nameAsked() {
        phase = Phase.DNS;
        wait.stopLimit();
    }

    @Override
    public void nameFound(NameLookup.Found found) {
        phase = Phase.TCP;
        limitConnect();
    }

    private void dialled(ChannelFuture dialled) {
        Throwable cause = dialled.cause();
        if (wait.isOver()) {
            close();
        } else if (cause != null) {
            connectFailed(AttemptFault.ofDial(cause, Phase.TCP, endpoint));
        } else if (endpoint.tls()) {
            phase = Phase.TLS;
            wait.limitBy(
                    context.profile().limits().tlsSilence(),
                    () -> connectFailed(AttemptFault.of(FailureReason.TLS_TIMEOUT, phase, endpoint)));
        } else {
            send();
        }
    }

    @Override
    public void tlsEstablished(TlsEstablished tls) {
        if (!wait.isOver() && phase == Phase.TLS) {
            send();
        }
    }

    @Override
    public void tlsFailed(DeviceTlsException tls) {
        if (phase == Phase.TLS && !open) {
            connectFailed(AttemptFault.of(tls, endpoint));
        }
    }

    private void connectFailed(AttemptFault fault) {
        if (wait.isOver() || open) {
            return;
        }
        failure = fault.reason();
        FailureReport.Builder report = FailureReport.builder();
        int code = FailureReporter.addConnect(context.profile().dialect(), report, fault);
        report.build().lines().forEach(line -> context.log(line.level(), line.tag(), line.message()));
        context.log(LogLevel.ERROR, TAG, "TCP connection failed, code=0x" + Integer.toHexString(code));
        notOpened(code);
    }

    private void notOpened(int code) {
        close();
        error = code;
        opened.accept(code);
    }

    private void send() {
        Channel connected = channel;
        if (connected == null || !connected.isActive()) {
            failure = FailureReason.CONNECTION_LOST;
            context.log(LogLevel.ERROR, TAG, "Send HTTP request failed");
            notOpened(0);
            return;
        }
        open = true;
        wait.stopLimit();
        context.log(LogLevel.INFO, TAG, "Established new connection to " + endpoint);
        connected.writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.UTF_8));
        opened.accept(OPENED);
    }

    @Override
    public @Nullable FailureReason failure() {
        return failure;
    }

    @Override
    public String namedError() {
        return NamedErrors.of(failure == null ? FailureReason.TCP_TIMEOUT : failure, error);
    }

    @Override
    public void status(IntConsumer status) {
        wait.until(() -> reader.headersReceived() || reader.problem() != null, () -> status.accept(known()), () -> {
            context.log(LogLevel.ERROR, TAG, "Wait for HTTP headers receive timeout");
            status.accept(-1);
        });
    }

    private int known() {
        return reader.problem() == null ? reader.status() : -1;
    }

    /** 0 where it comes in chunks, too. */
    @Override
    public long bodyLength() {
        return reader.bodyLength();
    }

    /**
     * The whole body as text; empty where it did not come within 30 s.
     *
     * <p>A body of 8 KiB and more is never given: the client waits for room, whoever reads waits for the end, and both for one mutex.
     */
    @Override
    public void readAll(Consumer<String> body) {
        readsAll = true;
        if (reader.body().readableBytes() >= BODY_BYTES_MAX) {
            wait.stopLimit();
            return;
        }
        wait.until(() -> reader.ended() || reader.brokenOff(), () -> body.accept(whole()), () -> {
            context.log(LogLevel.ERROR, TAG, "Wait for HTTP content receive complete timeout");
            body.accept("");
        });
    }

    private String whole() {
        if (reader.brokenOff()) {
            context.log(LogLevel.ERROR, TAG, "Cannot read all data: connection closed prematurely");
            return "";
        }
        return reader.body().toString(StandardCharsets.UTF_8);
    }

    @Override
    public void read(Consumer<@Nullable ByteBuf> part) {
        wait.until(
                () -> reader.body().isReadable() || reader.ended() || reader.brokenOff(),
                () -> part.accept(reader.brokenOff() ? null : reader.body()),
                () -> {
                    context.log(LogLevel.ERROR, TAG, "Wait for HTTP content receive timeout");
                    part.accept(null);
                });
    }

    @Override
    public void close() {
        wait.end();
        if (channel != null && channel.isRegistered()) {
            channel.close();
        }
    }

    /** What comes back on the connection. */
    private final class Receiver extends ChannelInboundHandlerAdapter {
        private boolean gone;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof ByteBuf data && !wait.isOver() && reader.problem() == null) {
                reader.feed(data);
                if (reader.problem() != null) {
                    context.log(LogLevel.ERROR, TAG, reader.problem());
                    context.log(LogLevel.ERROR, TAG, "HTTP parse error");
                }
                if (readsAll && reader.body().readableBytes() >= BODY_BYTES_MAX) {
                    wait.stop();
                }
                wait.look();
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            gone(null);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (open) {
                gone(cause);
            }
        }

        private void gone(@Nullable Throwable cause) {
            if (gone || wait.isOver() || !open) {
                return;
            }
            gone = true;
            LossLines.log(context, cause);
            reader.disconnected();
            if (reader.brokenOff()) {
                context.log(
                        LogLevel.ERROR,
                        TAG,
                        "Connection closed prematurely, expected " + reader.announced() + " bytes but only received "
                                + reader.bodyReceived() + " bytes");
            }
            wait.look();
        }
    }
}
