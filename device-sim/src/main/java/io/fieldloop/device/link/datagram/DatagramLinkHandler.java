package io.fieldloop.device.link.datagram;

import io.fieldloop.device.link.event.DropReason;
import io.fieldloop.device.link.event.LinkTap;
import io.fieldloop.device.link.model.DatagramFlow;
import io.fieldloop.device.link.model.LinkState;
import io.fieldloop.device.link.model.PacketQueue;
import io.fieldloop.device.link.model.PacketVerdict;
import io.fieldloop.device.link.profile.Direction;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import java.net.SocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts a link between a connected datagram channel and its peer: first in the pipeline, it decides about every datagram, and passes on
 * those that arrive when they do. Behind it a message is the payload of one datagram.
 *
 * <p>The channel's own address is the one the operator's NAT shows to the peer, so a new mapping gives it another; inside the NAT the
 * device keeps its first.
 */
public final class DatagramLinkHandler extends ChannelDuplexHandler {
    /** IPv4 and UDP headers, which a bandwidth limit counts. */
    private static final int HEADER_BYTES = 28;

    private final DatagramSockets sockets;
    private final LinkState link;
    private final DatagramFlow flow;
    private final Consumer<Channel> remap;
    private final PacketQueue<InFlight> queue;
    private @Nullable ChannelHandlerContext context;
    private @Nullable SocketAddress inside;
    private boolean recorded;

    DatagramLinkHandler(DatagramSockets sockets, long number, Consumer<Channel> remap) {
        this.sockets = sockets;
        this.link = sockets.link();
        this.flow = sockets.newFlow(number);
        this.remap = remap;
        this.queue = new PacketQueue<>(link.loop(), this::arrive);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.executor() != link.loop()) {
            throw new IllegalStateException("A channel must be registered with its link's event loop (Link.loop()).");
        }
        context = ctx;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        context = null;
        queue.clear(packet -> packet.payload.release());
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf payload) {
            promise.trySuccess(); // to its sender a datagram that vanishes was sent
            offer(Direction.UPSTREAM, payload);
        } else {
            ctx.write(message, promise);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof DatagramPacket packet) {
            offer(Direction.DOWNSTREAM, packet.content());
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private void offer(Direction direction, ByteBuf payload) {
        long now = link.nanoTime();
        DropReason refused =
                link.isBlackholed() ? DropReason.BLACKHOLE : link.radio().refuses(now) ? DropReason.OUTAGE : null;
        if (refused != null) {
            drop(direction, payload, refused);
            return;
        }
        if (link.profile().access().udp().blocks(direction)) {
            drop(direction, payload, DropReason.UDP_BLOCKED);
            return;
        }
        DatagramFlow.Nat nat = flow.meetNat(direction);
        if (nat == DatagramFlow.Nat.FORGOTTEN) {
            drop(direction, payload, DropReason.NAT_EXPIRED);
            return;
        }
        PacketVerdict verdict =
                sockets.model().pass(direction, flow.sequence(direction), payload.readableBytes() + HEADER_BYTES, now);
        sockets.reports().datagram(direction, verdict, now);
        DropReason lostTo = verdict.lostTo();
        if (lostTo != null) {
            drop(direction, payload, lostTo);
            return;
        }
        tapOffered(direction, payload, null);
        verdict.corrupt(payload);
        boolean remaps = nat == DatagramFlow.Nat.MADE_ANEW;
        if (verdict.duplicated()) {
            queue.add(verdict.atNanos(), new InFlight(direction, payload.copy(), remaps));
        }
        queue.add(verdict.atNanos(), new InFlight(direction, payload, remaps && !verdict.duplicated()));
    }

    private void drop(Direction direction, ByteBuf payload, DropReason reason) {
        tapOffered(direction, payload, reason);
        payload.release();
        sockets.reports().datagramDropped(direction, reason);
    }

    private void tapOffered(Direction direction, ByteBuf payload, @Nullable DropReason lostTo) {
        ChannelHandlerContext ctx = context;
        if (ctx != null && link.tap() != LinkTap.NONE) {
            LinkTap.Packet packet = packet(ctx, payload, direction == Direction.UPSTREAM);
            link.tap().offered(0, direction, packet, lostTo == null ? null : lostTo.wireName());
        }
    }

    private LinkTap.Packet packet(ChannelHandlerContext ctx, ByteBuf payload, boolean atDevice) {
        SocketAddress outside = ctx.channel().localAddress();
        if (inside == null) {
            inside = outside;
        }
        return new LinkTap.Packet.Datagram(
                atDevice ? inside : outside, ctx.channel().remoteAddress(), payload);
    }

    private void arrive(InFlight packet) {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            packet.payload.release();
            return;
        }
        if (packet.remaps) {
            remap.accept(ctx.channel());
        }
        boolean atDevice = packet.direction == Direction.DOWNSTREAM;
        if (link.tap() != LinkTap.NONE) {
            link.tap().delivered(0, packet.direction, packet(ctx, packet.payload, atDevice));
        }
        if (atDevice) {
            ctx.fireChannelRead(packet.payload);
            ctx.fireChannelReadComplete();
        } else {
            if (!recorded) {
                recorded = true;
                sockets.record(packet.payload);
            }
            ctx.writeAndFlush(packet.payload);
        }
    }

    /** A datagram under way; the first of a new mapping leaves the NAT from another port. */
    private record InFlight(Direction direction, ByteBuf payload, boolean remaps) {}
}
