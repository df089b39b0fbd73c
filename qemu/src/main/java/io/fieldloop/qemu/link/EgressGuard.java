package io.fieldloop.qemu.link;

import io.fieldloop.device.link.event.DropReason;
import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.event.LinkEvent.EgressDenied.Protocol;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.qemu.link.packet.Frame;
import io.fieldloop.qemu.link.packet.IpAddress;
import io.fieldloop.qemu.link.packet.NameQuery;
import java.util.HashSet;
import java.util.Set;

/** Tells which of the device's packets and queries lead beyond the host's loopback, and keeps them if it is to. */
final class EgressGuard {
    /** A device that tries everything is not told of for ever; its packets are still counted as dropped. */
    private static final int TOLD_MAX = 100;

    private static final IpAddress NETWORK_BROADCAST = IpAddress.v4(0x0a00_02ff);

    private final Egress egress;
    private final PortMap ports;
    private final FramePath path;
    private final Set<LinkEvent> told = new HashSet<>();

    EgressGuard(Egress egress, PortMap ports, FramePath path) {
        this.egress = egress;
        this.ports = ports;
        this.path = path;
    }

    /** Takes over and drops an IP frame that is not to leave; leaves any other alone. */
    boolean keeps(Direction direction, Frame frame) {
        if (egress == Egress.ALLOWED || direction == Direction.DOWNSTREAM || !leaves(frame)) {
            return false;
        }
        // Of what is elsewhere only the link's own answers to name queries reach a device.
        boolean answered = frame.refusesNameAnswer();
        tell(
                answered
                        ? new LinkEvent.NameAnswerRefused(target(frame))
                        : new LinkEvent.EgressDenied(protocol(frame), target(frame)));
        path.drop(direction, 0, frame, answered ? DropReason.NAME_ANSWER_REFUSED : DropReason.EGRESS_DENIED);
        return true;
    }

    /** Whether a name that the link does not know must not be asked of anybody else. */
    boolean keepsName(String name) {
        if (egress == Egress.ALLOWED) {
            return false;
        }
        tell(new LinkEvent.EgressDenied(Protocol.DNS, name));
        return true;
    }

    /** Whether a query that cannot be read must not go on. */
    boolean keepsUnreadableQuery() {
        return egress == Egress.DENIED;
    }

    private void tell(LinkEvent kept) {
        if (told.size() < TOLD_MAX && told.add(kept)) {
            path.emit(kept);
        }
    }

    private boolean leaves(Frame frame) {
        return switch (frame.kind()) {
            case ARP, OTHER -> false;
            case TCP, IP -> isElsewhere(frame.destination());
            case UDP -> !NameQuery.isFor(frame) && isElsewhere(frame.destination());
        };
    }

    private boolean isElsewhere(IpAddress address) {
        return !ports.leads(address) && !address.isLocal() && !address.equals(NETWORK_BROADCAST);
    }

    private static Protocol protocol(Frame frame) {
        return switch (frame.kind()) {
            case TCP -> Protocol.TCP;
            case UDP -> Protocol.UDP;
            case ARP, IP, OTHER -> Protocol.IP;
        };
    }

    private static String target(Frame frame) {
        boolean hasPort = frame.kind() == Frame.Kind.TCP || frame.kind() == Frame.Kind.UDP;
        String address = frame.destination().text(hasPort);
        return hasPort ? address + ":" + frame.destinationPort() : address;
    }
}
