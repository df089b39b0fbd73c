package io.fieldloop.device.link.stream;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Puts a link between a client channel and its peer: first in the pipeline, it delays what the channel sends
 * (upstream), what it receives (downstream), its connect and its end.
 *
 * <p>The channel itself is the gateway's end of the link, the handlers behind this one are the device's. The two ends
 * close at different times, so a device must go by the events it sees: {@code channel.isActive()} and
 * {@code closeFuture()} tell of the gateway's end. A connect that vanishes never completes; time limits are the
 * caller's. A device's close takes effect for it at once, and its FIN follows what it sent.
 */
public final class StreamLinkHandler extends ChannelDuplexHandler {
    private final StreamConnections connections;
    private final long ordinal;
    private final Queue<Unsent> unflushed = new ArrayDeque<>();
    private StreamConnection connection;
    private StreamPath upstream;
    private StreamPath downstream;
    private DeviceEnd device;
    private PeerEnd peer;

    @SuppressWarnings("NullAway.Init") // what handlerAdded sets is there before any event
    StreamLinkHandler(StreamConnections connections, long ordinal) {
        this.connections = connections;
        this.ordinal = ordinal;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.executor() != connections.link().loop()) {
            throw new IllegalStateException("A channel must be registered with its link's event loop (Link.loop()).");
        }
        connection = new StreamConnection(ctx, connections, ordinal);
        upstream = connection.upstream();
        downstream = connection.downstream();
        device = connection.device();
        peer = connection.peer();
        connections.enter(connection);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        dropUnflushed();
        connection.dropAll();
        connections.leave(connection);
    }

    @Override
    public void connect(
            ChannelHandlerContext ctx, SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise) {
        connection.connect(new Signal.Open(remote, local), promise);
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        if (!peer.isGone()) {
            peer.read();
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (device.isGone()) {
            new Unsent(message, promise).drop();
        } else if (message instanceof Signal signal) {
            flush(ctx);
            upstream.signalOrDeliver(signal);
            promise.trySuccess();
        } else if (unflushed.isEmpty() && upstream.isClear()) {
            upstream.count(message);
            ctx.write(message, promise);
        } else {
            unflushed.add(new Unsent(message, promise));
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        if (device.isGone()) {
            dropUnflushed();
            return;
        }
        for (Unsent next = unflushed.poll(); next != null; next = unflushed.poll()) {
            connection.send(next.message(), next.promise());
        }
        if (upstream.isEmpty()) {
            ctx.flush();
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        dropUnflushed();
        boolean neverOpened = !ctx.channel().isActive() && !peer.isGone();
        boolean clear = upstream.isClear() && downstream.isClear() && !peer.hasPendingWrites();
        if (device.isOpening()) {
            connection.giveUpOpening();
            ctx.close(promise);
        } else if (neverOpened || (clear && !device.isGone())) {
            if (!neverOpened) {
                connection.closedDirectly();
            }
            ctx.close(promise);
        } else {
            promise.trySuccess();
            connection.closeDeviceEnd();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (device.isOpening()) {
            device.holdBackActive();
        } else {
            ctx.fireChannelActive();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (device.isGone()) {
            ReferenceCountUtil.release(message);
        } else if (downstream.isClear()) {
            downstream.count(message);
            device.read(message);
        } else {
            downstream.send(message, null);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        device.completeReads();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            connection.endPeer(new Signal.Fin());
        } else if (connection.wantsHalfClosure() || !(event instanceof ChannelInputShutdownReadComplete)) {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            connection.endPeer(new Signal.Rst());
            ctx.close();
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connection.peerGone();
    }

    @Override
    public void channelUnregistered(ChannelHandlerContext ctx) {
        if (device.isOpening()) {
            device.holdPipeline();
        }
        if (!device.holdsBackUnregistered()) {
            ctx.fireChannelUnregistered();
        }
    }

    /** Whoever reads from the device's end cannot keep up, so less is read from the gateway. */
    public void setReaderSlow(boolean slow) {
        peer.setReaderSlow(slow);
    }

    private void dropUnflushed() {
        for (Unsent next = unflushed.poll(); next != null; next = unflushed.poll()) {
            next.drop();
        }
    }

    /** What the device wrote and has not flushed. */
    private record Unsent(Object message, ChannelPromise promise) {
        void drop() {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new ClosedChannelException());
        }
    }
}
