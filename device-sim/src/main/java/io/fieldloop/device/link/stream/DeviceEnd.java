package io.fieldloop.device.link.stream;

import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.model.LinkState;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The device's end of a connection: what the handlers behind the link see, and that they see it once and in order. */
final class DeviceEnd {
    private final ChannelHandlerContext context;
    private final LinkState link;
    private final long connection;
    private final PipelineHold hold;
    private @Nullable ChannelPromise opening;
    private long openingSinceNanos;
    private boolean activeHeldBack;
    private boolean unregisteredHeldBack;
    private boolean readsOpen;
    private boolean inputShutdown;
    private boolean gone;

    DeviceEnd(ChannelHandlerContext context, LinkState link, long connection) {
        this.context = context;
        this.link = link;
        this.connection = connection;
        this.hold = PipelineHold.behind(context);
    }

    boolean isGone() {
        return gone;
    }

    /** Whether it has been told that the peer will send no more, and went on. */
    boolean isInputShutdown() {
        return inputShutdown;
    }

    boolean isOpening() {
        return opening != null;
    }

    void opening(ChannelPromise promise) {
        opening = promise;
        openingSinceNanos = link.nanoTime();
    }

    /** The channel became active, which the device is told when its connect is answered. */
    void holdBackActive() {
        activeHeldBack = true;
    }

    /** The channel is closed while the device still has something coming. */
    void holdPipeline() {
        hold.engage();
    }

    boolean holdsBackUnregistered() {
        unregisteredHeldBack = !gone;
        return unregisteredHeldBack;
    }

    void opened() {
        if (opening == null) {
            return;
        }
        ChannelPromise promise = opening;
        opening = null;
        link.emit(new LinkEvent.PathOpened(connection, sinceOpening()));
        promise.trySuccess();
        if (activeHeldBack && !gone) {
            context.fireChannelActive();
        }
    }

    void refused(Throwable cause) {
        if (opening == null) {
            return;
        }
        ChannelPromise promise = opening;
        opening = null;
        gone = true;
        link.emit(new LinkEvent.PathRefused(connection, sinceOpening()));
        promise.tryFailure(cause);
        settle();
    }

    void read(Object message) {
        readsOpen = true;
        context.fireChannelRead(message);
    }

    void completeReads() {
        if (readsOpen) {
            readsOpen = false;
            context.fireChannelReadComplete();
        }
    }

    /** The peer will send no more, and this device wants to go on sending. */
    void shutdownInput() {
        inputShutdown = true;
        completeReads();
        context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }

    /** The device's socket fails. */
    void fail(SocketException cause) {
        if (opening != null) {
            refused(cause);
        } else if (!gone) {
            completeReads();
            gone = true;
            context.fireExceptionCaught(cause);
            context.fireChannelInactive();
            settle();
        }
    }

    /** The connection is over for the device. */
    void leave() {
        if (!gone) {
            completeReads();
            gone = true;
            context.fireChannelInactive();
            settle();
        }
    }

    /** The device closed its end; its handlers are told after the call that did so, as Netty does. */
    void leaveLater() {
        gone = true;
        if (opening != null) {
            opening.tryFailure(new ClosedChannelException());
            opening = null;
            settle();
        } else {
            context.executor().execute(() -> {
                context.fireChannelInactive();
                settle();
            });
        }
    }

    private void settle() {
        if (unregisteredHeldBack) {
            unregisteredHeldBack = false;
            context.fireChannelUnregistered();
        }
        hold.release();
    }

    private Duration sinceOpening() {
        return Duration.ofNanos(link.nanoTime() - openingSinceNanos);
    }
}
