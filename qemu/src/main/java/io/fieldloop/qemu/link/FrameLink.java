package io.fieldloop.qemu.link;

import io.fieldloop.device.link.LinkControl;
import io.fieldloop.device.link.event.LinkListener;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.Outage;
import io.fieldloop.device.modem.ModemFault;
import io.fieldloop.device.modem.ModemSettings;
import io.fieldloop.device.modem.serial.SocketNetwork;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One firmware's link: the relay between its NIC and QEMU's user network.
 *
 * <p>Open it first and start QEMU afterwards, with the {@link #sockets} on its command line; QEMU may come and go.
 * Methods may be called from any thread; the listener is called on the link's own.
 */
public final class FrameLink implements LinkControl, AutoCloseable {
    private final FrameSockets sockets;
    private final EventLoopGroup group;
    private final EventLoop loop;
    private final FramePort firmware;
    private final FramePort network;
    private final FrameRelay relay;
    private @Nullable SerialModem modem;

    private FrameLink(FrameLinkConfig config, LinkListener listener) {
        sockets = FrameSockets.in(config.directory());
        group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("frame-link", true), EpollIoHandler.newFactory());
        loop = group.next();
        relay = loop.submit(() -> new FrameRelay(config, loop, listener, this::deliver))
                .syncUninterruptibly()
                .getNow();
        try {
            firmware = FramePort.open(loop, sockets.firmwareRelay(), sockets.firmware(), new Side(Direction.UPSTREAM));
            network = FramePort.open(loop, sockets.upRelay(), sockets.up(), new Side(Direction.DOWNSTREAM));
        } catch (FrameLinkException e) {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw e;
        }
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
        return new FrameLink(config, listener);
    }

    /** Where QEMU finds the link. */
    public FrameSockets sockets() {
        return sockets;
    }

    /**
     * Puts a modem on the firmware's UART, without power, and the firmware's packets behind its PPP.
     *
     * @param places where the modem's sockets lead, which pass no link
     * @param acted told when a fault acts, and on what
     */
    public void attach(ModemSettings settings, SocketNetwork.Places places, BiConsumer<ModemFault, String> acted) {
        onLoop(() -> modem = new SerialModem(
                loop,
                settings,
                places,
                frame -> send(firmware, frame),
                frame -> relay.offered(Direction.UPSTREAM, frame),
                acted));
    }

    /** Gives the modem power, or takes it away; nothing happens where there is none. */
    public void powerModem(boolean on) {
        onLoop(() -> {
            if (modem != null) {
                modem.losePower();
                if (on) {
                    modem.powerUp();
                }
            }
        });
    }

    /** What is sent from now on meets {@code next}; what is under way keeps its schedule. */
    @Override
    public void change(LinkProfile next) {
        onLoop(() -> relay.change(next));
    }

    /** Takes the carrier away for a while, from now; a second outage replaces the first. */
    @Override
    public void outage(Duration lasting, Outage.How how) {
        onLoop(() -> relay.outage(lasting, how));
    }

    /**
     * Swallows everything of every connection there is, for good, and everything new for a while. Nobody is told:
     * connections from before are half-open, as after a firewall that lost its state.
     */
    @Override
    public void blackhole(Duration lasting) {
        onLoop(() -> relay.blackhole(lasting));
    }

    /** Resets every TCP connection at both ends. */
    @Override
    public void resetAll() {
        onLoop(relay::resetAll);
    }

    /** Makes the operator's NAT forget every connection there is; their next packets meet its expiry. */
    @Override
    public void natRebind() {
        onLoop(relay::natRebind);
    }

    /** Makes it forget what it knew of UDP. */
    @Override
    public void natRebindUdp() {
        onLoop(relay::natRebindUdp);
    }

    /** What the device sent first on its newest UDP socket, names aside; null before that. */
    @Override
    public byte @Nullable [] recordedDatagram() {
        return relay.recordedDatagram();
    }

    /** Stops relaying; what is under way is lost. The listener hears nothing any more once this returns. */
    @Override
    public void close() {
        powerModem(false);
        onLoop(() -> {
            relay.close();
            firmware.close();
            network.close();
        });
        if (!loop.inEventLoop()) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        } else {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
        deleteSockets();
    }

    private void deleteSockets() {
        for (Path socket : List.of(sockets.firmwareRelay(), sockets.upRelay())) {
            try {
                Files.deleteIfExists(socket);
            } catch (IOException e) {
                // Whoever opens the next link in this directory deletes it, or says why not.
            }
        }
    }

    private void onLoop(Runnable action) {
        if (loop.inEventLoop()) {
            action.run();
        } else if (!loop.isShuttingDown()) {
            loop.execute(action);
        }
    }

    private void deliver(Direction direction, ByteBuf frame) {
        if (modem != null && direction == Direction.DOWNSTREAM) {
            modem.deliver(frame);
        } else {
            send(port(direction), frame);
        }
    }

    private static void send(FramePort port, ByteBuf frame) {
        port.send(frame);
        port.flush();
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
            if (modem == null || direction == Direction.DOWNSTREAM || !modem.takes(frame)) {
                relay.offered(direction, frame);
            }
        }

        @Override
        public void writabilityChanged() {
            // This side's sender is slow: leave the other side's frames where they are.
            port(direction).setReading(direction == Direction.UPSTREAM ? firmware.isWritable() : network.isWritable());
        }
    }
}
