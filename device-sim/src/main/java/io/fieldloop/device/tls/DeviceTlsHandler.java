package io.fieldloop.device.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A device's TLS connection: Bouncy Castle's non-blocking client between the socket and the bytes of the application.
 *
 * <p>Starts when the channel becomes active. Reports {@link TlsEstablished}, then at most one of {@link TlsClosed} (the
 * peer ended it in order) and
 * {@code exceptionCaught} with a {@link DeviceTlsException}; after either the channel closes. Writes before the
 * handshake is complete wait for it. The
 * handshake has no time limit here: that is the device's.
 */
public final class DeviceTlsHandler extends ChannelDuplexHandler {

    private enum State {
        /** No connection yet. */
        IDLE,
        /** ClientHello sent, Finished of the peer not yet seen. */
        HANDSHAKING,
        /** Application data flows. */
        ESTABLISHED,
        /** Ended, and everybody has been told. */
        ENDED
    }

    private record PendingWrite(ByteBuf data, ChannelPromise promise) {}

    private final TlsClientConfig config;
    private final DeviceTlsClient client;
    private final DeviceTlsProtocol protocol;
    private final RecordInspector inspector;
    private final Deque<PendingWrite> pendingWrites = new ArrayDeque<>();

    private State state = State.IDLE;
    private long startedNanos;
    private boolean readProducedData;

    public DeviceTlsHandler(TlsClientConfig config) {
        this.config = config;
        this.client = new DeviceTlsClient(config);
        this.protocol = new DeviceTlsProtocol(config, client);
        this.inspector = new RecordInspector(config.heap(), true);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            ctx.executor().execute(() -> start(ctx)); // after the handlers that are added behind this one
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.fireChannelActive();
        start(ctx);
    }

    private void start(ChannelHandlerContext ctx) {
        if (state != State.IDLE) {
            return;
        }
        state = State.HANDSHAKING;
        startedNanos = ctx.executor().ticker().nanoTime();
        if (!config.heap().fitsSetup()) {
            fail(ctx, TlsFailure.HEAP);
            return;
        }
        try {
            protocol.start();
        } catch (IOException e) {
            fail(ctx, failureOr(e));
            return;
        }
        send(ctx);
        if (!ctx.channel().config().isAutoRead()) {
            ctx.read();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf in)) {
            ctx.fireChannelRead(message);
            return;
        }
        try {
            if (state == State.HANDSHAKING || state == State.ESTABLISHED) {
                process(ctx, in);
            }
        } finally {
            in.release();
        }
    }

    private void process(ChannelHandlerContext ctx, ByteBuf in) {
        int accepted = inspector.accept(in);
        @Nullable IOException refused = protocol.offer(in, accepted);
        if (state == State.HANDSHAKING && client.isHandshakeComplete()) {
            establish(ctx);
        }
        deliver(ctx);
        if (state == State.ENDED) {
            return; // whoever got the event or the data closed the connection
        }
        @Nullable TlsFailure unreadable = inspector.failure();
        if (refused != null) {
            fail(ctx, failureOr(refused));
        } else if (unreadable != null) {
            fail(ctx, unreadable);
        } else if (protocol.isClosed()) {
            closedByPeer(ctx);
        } else if (protocol.getAvailableOutputBytes() > 0) {
            send(ctx);
        }
    }

    private void establish(ChannelHandlerContext ctx) {
        state = State.ESTABLISHED;
        if (protocol.getAvailableOutputBytes() > 0) {
            send(ctx);
        }
        for (PendingWrite next = pendingWrites.poll(); next != null; next = pendingWrites.poll()) {
            encrypt(ctx, next.data(), next.promise()); // before anything the event below may cause to be written
        }
        ctx.flush();
        if (state == State.ESTABLISHED) {
            Duration elapsed = Duration.ofNanos(ctx.executor().ticker().nanoTime() - startedNanos);
            ctx.fireUserEventTriggered(
                    new TlsEstablished(client.version(), client.suite(), client.isResumed(), elapsed));
        }
    }

    private void deliver(ChannelHandlerContext ctx) {
        if (protocol.getAvailableInputBytes() > 0) {
            readProducedData = true;
            ctx.fireChannelRead(protocol.takeInput(ctx.alloc()));
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        boolean reading = ctx.channel().config().isAutoRead();
        if (!reading && !readProducedData && state != State.ENDED) {
            ctx.read(); // the one who asked for data got only TLS records out of that read
        }
        readProducedData = false;
        ctx.fireChannelReadComplete();
    }

    private void closedByPeer(ChannelHandlerContext ctx) {
        boolean established = state == State.ESTABLISHED;
        ByteBuf answer = protocol.takeOutput(ctx.alloc());
        if (!established) {
            answer.release();
            fail(ctx, TlsFailure.alertReceived(0));
            return;
        }
        end();
        if (config.shape().sendsCloseNotify()) {
            ctx.writeAndFlush(answer);
        } else {
            answer.release();
        }
        ctx.fireUserEventTriggered(new TlsClosed(true));
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        switch (state) {
            case HANDSHAKING -> fail(ctx, TlsFailure.EOF);
            case ESTABLISHED -> {
                end();
                ctx.fireUserEventTriggered(new TlsClosed(false));
            }
            case IDLE, ENDED -> end();
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException error)) {
            ctx.fireExceptionCaught(cause);
        } else if (state != State.ENDED) {
            fail(ctx, TlsFailure.socket(error));
        }
    }

    private void send(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(protocol.takeOutput(ctx.alloc())).addListener(future -> writeEnded(ctx, future.cause()));
    }

    /** A write that fails on the socket closes the channel without an exception in the pipeline: without this it would look like a FIN. */
    private void writeEnded(ChannelHandlerContext ctx, @Nullable Throwable cause) {
        boolean live = state == State.HANDSHAKING || state == State.ESTABLISHED;
        if (live && cause instanceof IOException error && !(cause instanceof ClosedChannelException)) {
            fail(ctx, TlsFailure.socket(error));
        }
    }

    private TlsFailure failureOr(IOException cause) {
        @Nullable TlsFailure noted = client.note().failure();
        return noted != null ? noted : TlsFailure.unexpected(cause);
    }

    private void fail(ChannelHandlerContext ctx, TlsFailure failure) {
        TlsFailure reported = state == State.ESTABLISHED ? failure.afterHandshake() : failure;
        boolean quiet = client.note().endsQuietly();
        DeviceTlsException exception = new DeviceTlsException(
                reported,
                config.shape().has(TlsTrait.PSA_CODES),
                quiet ? null : client.note().alertSent(),
                client.note().alertReceived());
        state = State.ENDED;
        ByteBuf alert = protocol.takeOutput(ctx.alloc());
        if (alert.isReadable() && !quiet) {
            ctx.writeAndFlush(alert);
        } else {
            alert.release();
        }
        failPendingWrites(exception);
        ctx.fireExceptionCaught(exception);
        ctx.close();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf data)) {
            ctx.write(message, promise);
            return;
        }
        switch (state) {
            case IDLE, HANDSHAKING -> pendingWrites.add(new PendingWrite(data, promise));
            case ESTABLISHED -> encrypt(ctx, data, promise);
            case ENDED -> {
                data.release();
                promise.setFailure(new ClosedChannelException());
            }
        }
    }

    private void encrypt(ChannelHandlerContext ctx, ByteBuf data, ChannelPromise promise) {
        try {
            protocol.encrypt(data);
            ChannelPromise observed = promise.unvoid();
            observed.addListener(future -> writeEnded(ctx, future.cause()));
            ctx.write(protocol.takeOutput(ctx.alloc()), observed);
        } catch (IOException e) {
            promise.setFailure(e);
            fail(ctx, failureOr(e));
        } finally {
            data.release();
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) throws IOException {
        if (state == State.ESTABLISHED && config.shape().sendsCloseNotify()) {
            protocol.close();
            send(ctx);
        }
        end();
        ctx.close(promise);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        end();
    }

    private void end() {
        state = State.ENDED;
        failPendingWrites(new ClosedChannelException());
    }

    private void failPendingWrites(IOException cause) {
        for (PendingWrite next = pendingWrites.poll(); next != null; next = pendingWrites.poll()) {
            ReferenceCountUtil.release(next.data());
            next.promise().tryFailure(cause);
        }
    }
}
