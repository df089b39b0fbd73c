package io.fieldloop.qemu.link;

import io.fieldloop.device.link.model.DatagramFlow;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.qemu.link.packet.Frame;
import io.netty.buffer.ByteBuf;

/**
 * The datagrams between two ends, of which each knows the other by a port that the link may have changed: the device the nominal one
 * of the gateway, the network the one the operator's NAT has given the device.
 *
 * <p>A NAT mapping that is made anew is another port (RFC 4787, 4.3). QEMU's user network then takes it for another socket, so that the
 * gateway sees it as well.
 */
final class UdpFlow {
    private final FlowKey key;
    private final DatagramFlow life;
    private final PortMap.Place place;
    private int outsidePort;

    UdpFlow(FlowKey key, DatagramFlow life, PortMap.Place place) {
        this.key = key;
        this.life = life;
        this.place = place;
        this.outsidePort = key.devicePort();
    }

    DatagramFlow life() {
        return life;
    }

    /** The flow as the device knows it. */
    FlowKey key() {
        return key;
    }

    /** The flow as the network knows it now. */
    FlowKey networkKey() {
        return key.withDevicePort(outsidePort).withRemote(place);
    }

    void rebind(int port) {
        outsidePort = port;
    }

    /** What becomes of the ports of a datagram that reaches the other side. */
    FrameArrival arrival(Direction direction) {
        int seen = outsidePort;
        return bytes -> {
            adapt(direction, bytes, seen);
            return true;
        };
    }

    private void adapt(Direction direction, ByteBuf bytes, int seen) {
        Frame frame = Frame.of(bytes);
        if (direction == Direction.DOWNSTREAM) {
            frame.setSource(key.remoteAddress(), key.remotePort());
            frame.setDestination(key.deviceAddress(), key.devicePort());
        } else {
            frame.setSource(key.deviceAddress(), seen);
            frame.setDestination(place.address(), place.port());
        }
    }
}
