package io.fieldloop.qemu.link;

import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.qemu.link.packet.Frame;
import io.fieldloop.qemu.link.packet.IpAddress;

/** A flow by the addresses and ports of its ends, the same for both directions. */
record FlowKey(IpAddress deviceAddress, int devicePort, IpAddress remoteAddress, int remotePort) {
    static FlowKey of(Direction direction, Frame frame) {
        return direction == Direction.UPSTREAM
                ? new FlowKey(frame.source(), frame.sourcePort(), frame.destination(), frame.destinationPort())
                : new FlowKey(frame.destination(), frame.destinationPort(), frame.source(), frame.sourcePort());
    }

    /** Whether it asks for a name's address or for an own one (DNS, DHCP). */
    boolean isForAddresses() {
        return remotePort == 53 || remotePort == 67;
    }

    FlowKey withDevicePort(int port) {
        return new FlowKey(deviceAddress, port, remoteAddress, remotePort);
    }

    FlowKey withRemote(PortMap.Place place) {
        return new FlowKey(deviceAddress, devicePort, place.address(), place.port());
    }
}
