package io.fieldloop.qemu.link;

import io.fieldloop.device.link.LinkListener;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.Outage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One firmware's link: the relay between its NIC and QEMU's user network.
 *
 * <p>Open it first and start QEMU afterwards, with the {@link #sockets} on its command line; QEMU may come and go.
 * Methods may be called from any thread; the listener is called on the link's own.
 */
public final class FrameLink implements AutoCloseable {
    private final FrameSockets sockets;
    private final EventLoopGroup group;
    private final EventLoop loop;
    private final FramePort firmware;
    private final FramePort network;

    private FrameLink(FrameLinkConfig config) {
        sockets = FrameSockets.in(config.directory());
        group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("frame-link", true), EpollIoHandler.newFactory());
        loop = group.next();
        firmware = FramePort.open(loop, sockets.firmwareRelay(), sockets.firmware(), new Side(Direction.UPSTREAM));
        network = FramePort.open(loop, sockets.upRelay(), sockets.up(), new Side(Direction.DOWNSTREAM));
    }

    /**
     * Binds the relay's sockets.
     *
     * @throws FrameLinkException one sentence, when it cannot
     */
    public static FrameLink open(FrameLinkConfig config, LinkListener listener) {
        if (!Epoll.isAvailable()) {
            throw new FrameLinkException(
                    "The frame link needs Linux on x86_64 or aarch64 with Netty's native epoll transport: "
                            + Epoll.unavailabilityCause().getMessage() + ".");
        }
        return new FrameLink(config);
    }

    /** Where QEMU finds the link. */
    public FrameSockets sockets() {
        return sockets;
    }

    /** What is sent from now on meets {@code next}; what is under way keeps its schedule. */
    public void change(LinkProfile next) {}

    /** Takes the carrier away for a while, from now; a second outage replaces the first. */
    public void outage(Duration lasting, Outage.How how) {}

    /**
     * Swallows everything of every connection there is, for good, and everything new for a while. Nobody is told:
     * connections from before are half-open, as after a firewall that lost its state.
     */
    public void blackhole(Duration lasting) {}

    /** Resets every connection at both ends. */
    public void resetAll() {}

    /** Makes the operator's NAT forget every connection there is; their next packets meet its expiry. */
    public void natRebind() {}

    /** Stops relaying; what is under way is lost. */
    @Override
    public void close() {
        loop.execute(() -> {
            firmware.close();
            network.close();
        });
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private FramePort port(Direction direction) {
        return direction == Direction.UPSTREAM ? network : firmware;
    }

    /** Frames of one direction as they come in. */
    private final class Side implements FramePort.Events {
        private final Direction direction;

        Side(Direction direction) {
            this.direction = direction;
        }

        @Override
        public void received(ByteBuf frame) {
            port(direction).send(frame);
        }

        @Override
        public void receivedAll() {
            port(direction).flush();
        }

        @Override
        public void writabilityChanged() {
            // This side's sender is slow: leave the other side's frames where they are.
            port(direction).setReading(direction == Direction.UPSTREAM ? firmware.isWritable() : network.isWritable());
        }
    }
}
