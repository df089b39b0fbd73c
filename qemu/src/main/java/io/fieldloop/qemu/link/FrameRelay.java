package io.fieldloop.qemu.link;

import io.fieldloop.device.link.event.DropReason;
import io.fieldloop.device.link.event.LinkListener;
import io.fieldloop.device.link.event.LinkTap;
import io.fieldloop.device.link.model.LinkState;
import io.fieldloop.device.link.model.PacketSequence;
import io.fieldloop.device.link.profile.Access;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.Outage;
import io.fieldloop.qemu.link.packet.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The link without its sockets: frames in, frames out when they are due, on one event loop.
 *
 * <p>ARP and DHCP pass at once and whatever the profile says: with them a device joins its local network, which on a real
 * board the modem or the access point does; only an ARP black hole, asked for by name, touches them. Everything else
 * that is IP meets the link, after the {@link EgressGuard}. What is neither passes. Of a version of IP that the profile does not
 * carry, nothing passes at all.
 */
final class FrameRelay {
    private static final long OTHER_PACKETS = 1L << 33;

    private final LinkState link;
    private final FramePath path;
    private final TcpRelay tcp;
    private final UdpRelay udp;
    private final EgressGuard egress;
    private final PacketSequence otherUpstream;
    private final PacketSequence otherDownstream;

    FrameRelay(FrameLinkConfig config, EventLoop loop, LinkListener listener, FramePath.Exit exit) {
        link = new LinkState(config.profile(), config.seed(), loop, listener, LinkTap.NONE);
        path = new FramePath(link, config.capture(), exit);
        tcp = new TcpRelay(link, config.ports(), path);
        egress = new EgressGuard(config.egress(), config.ports(), path);
        udp = new UdpRelay(link, config.names(), config.ports(), egress, path);
        otherUpstream = new PacketSequence(config.seed(), OTHER_PACKETS, Direction.UPSTREAM);
        otherDownstream = new PacketSequence(config.seed(), OTHER_PACKETS, Direction.DOWNSTREAM);
    }

    /** Takes over a frame that the sender of that direction has sent. */
    void offered(Direction direction, ByteBuf bytes) {
        Frame frame = Frame.of(bytes);
        if (!carries(frame)) {
            bytes.release();
        } else if (frame.kind() == Frame.Kind.OTHER || frame.isDhcp()) {
            path.sendUntouched(direction, frame);
        } else if (frame.kind() == Frame.Kind.ARP) {
            arp(direction, frame);
        } else if (egress.keeps(direction, frame)) {
            return;
        } else if (frame.kind() == Frame.Kind.TCP) {
            tcp.offered(direction, frame);
        } else if (link.isBlackholed()) {
            path.drop(direction, 0, frame, DropReason.BLACKHOLE);
        } else if (frame.kind() == Frame.Kind.UDP) {
            udp.offered(direction, frame);
        } else {
            path.send(direction, otherSequence(direction), 0, frame, FrameArrival.NOBODY);
        }
    }

    private boolean carries(Frame frame) {
        boolean isIpv4 = frame.kind() != Frame.Kind.OTHER && !frame.isIpv6();
        return switch (link.profile().access().ip()) {
            case V4 -> !frame.isIpv6();
            case V6 -> !isIpv4;
            case BOTH -> true;
        };
    }

    void change(LinkProfile next) {
        link.change(next);
    }

    void outage(Duration lasting, Outage.How how) {
        link.outage(lasting, how);
    }

    void blackhole(Duration lasting) {
        link.blackhole(lasting);
        tcp.blackholeAll();
    }

    void resetAll() {
        tcp.resetAll();
    }

    void natRebind() {
        link.radio().forgetMappings();
    }

    void natRebindUdp() {
        link.radio().forgetDatagramMappings();
    }

    byte @Nullable [] recordedDatagram() {
        return udp.recorded();
    }

    void close() {
        link.close();
        tcp.close();
        path.close();
    }

    private void arp(Direction direction, Frame frame) {
        boolean isUnheard = direction == Direction.UPSTREAM
                && frame.isArpRequest()
                && link.profile().access().arp() == Access.Arp.SILENT;
        if (isUnheard) {
            path.drop(direction, 0, frame, DropReason.ARP_SILENT);
        } else {
            path.sendUntouched(direction, frame);
        }
    }

    private PacketSequence otherSequence(Direction direction) {
        return direction == Direction.UPSTREAM ? otherUpstream : otherDownstream;
    }
}
