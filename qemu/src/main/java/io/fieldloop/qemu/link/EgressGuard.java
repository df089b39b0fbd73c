package io.fieldloop.qemu.link;

import io.fieldloop.device.link.event.DropReason;
import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.event.LinkEvent.EgressDenied.Protocol;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.qemu.link.packet.Frame;
import io.fieldloop.qemu.link.packet.NameQuery;
import io.netty.util.NetUtil;
import java.util.HashSet;
import java.util.Set;

/** Tells which of the device's packets and queries lead beyond the host's loopback, and keeps them if it is to. */
final class EgressGuard {
    /** A device that tries everything is not told of for ever; its packets are still counted as dropped. */
    private static final int TOLD_MAX = 100;

    private static final int BROADCAST = 0xffff_ffff;
    private static final int NETWORK_BROADCAST = 0x0a00_02ff;
    private static final int MULTICAST = 0xe;

    private final Egress egress;
    private final FramePath path;
    private final Set<LinkEvent.EgressDenied> told = new HashSet<>();

    EgressGuard(Egress egress, FramePath path) {
        this.egress = egress;
        this.path = path;
    }

    /** Takes over and drops an IPv4 frame that is not to leave; leaves any other alone. */
    boolean keeps(Direction direction, Frame frame) {
        if (egress == Egress.ALLOWED || direction == Direction.DOWNSTREAM || !leaves(frame)) {
            return false;
        }
        tell(protocol(frame), target(frame));
        path.drop(direction, 0, frame, DropReason.EGRESS_DENIED);
        return true;
    }

    /** Whether a name that the link does not know must not be asked of anybody else. */
    boolean keepsName(String name) {
        if (egress == Egress.ALLOWED) {
            return false;
        }
        tell(Protocol.DNS, name);
        return true;
    }

    /** Whether a query that cannot be read must not go on. */
    boolean keepsUnreadableQuery() {
        return egress == Egress.DENIED;
    }

    private void tell(Protocol protocol, String to) {
        LinkEvent.EgressDenied denied = new LinkEvent.EgressDenied(protocol, to);
        if (told.size() < TOLD_MAX && told.add(denied)) {
            path.emit(denied);
        }
    }

    private static boolean leaves(Frame frame) {
        return switch (frame.kind()) {
            case ARP, OTHER -> false;
            case TCP, IPV4 -> isElsewhere(frame.destination());
            case UDP -> !NameQuery.isFor(frame) && isElsewhere(frame.destination());
        };
    }

    private static boolean isElsewhere(int address) {
        return address != FrameRelay.HOST_ADDRESS
                && address != NETWORK_BROADCAST
                && address != BROADCAST
                && address >>> 28 != MULTICAST;
    }

    private static Protocol protocol(Frame frame) {
        return switch (frame.kind()) {
            case TCP -> Protocol.TCP;
            case UDP -> Protocol.UDP;
            case ARP, IPV4, OTHER -> Protocol.IP;
        };
    }

    private static String target(Frame frame) {
        String address = NetUtil.intToIpAddress(frame.destination());
        boolean hasPort = frame.kind() == Frame.Kind.TCP || frame.kind() == Frame.Kind.UDP;
        return hasPort ? address + ":" + frame.destinationPort() : address;
    }
}
