package io.fieldloop.scenario.rig.virtual;

import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** The datagram network of one rig: who is bound where; datagrams to where nobody is are gone. To be used on the rig's event loop. */
public final class VirtualDatagrams {
    private static final int FIRST_EPHEMERAL_PORT = 49_152;
    private static final int EPHEMERAL_PORTS = 65_536 - FIRST_EPHEMERAL_PORT;

    private final Map<InetSocketAddress, VirtualDatagramChannel> bound = new HashMap<>();
    private int ephemeralPorts;

    /** A channel of this network; its messages are {@link DatagramPacket}s. */
    public VirtualDatagramChannel newChannel() {
        return new VirtualDatagramChannel(this);
    }

    /** Gives a channel another port, as a NAT does that has forgotten its mapping. */
    public static void remap(Channel channel) {
        if (channel instanceof VirtualDatagramChannel datagrams) {
            datagrams.remap();
        }
    }

    /** An address nobody has, and nobody had as long as ports have not been given out once around. */
    public InetSocketAddress ephemeral(InetAddress address) {
        InetSocketAddress next;
        do {
            next = new InetSocketAddress(address, FIRST_EPHEMERAL_PORT + ephemeralPorts);
            ephemeralPorts = (ephemeralPorts + 1) % EPHEMERAL_PORTS;
        } while (bound.containsKey(next));
        return next;
    }

    void bind(InetSocketAddress address, VirtualDatagramChannel channel) throws BindException {
        if (bound.putIfAbsent(address, channel) != null) {
            throw new BindException("Address already in use: " + address);
        }
    }

    void unbind(InetSocketAddress address) {
        bound.remove(address);
    }

    /** Takes over a datagram. */
    void send(DatagramPacket packet) {
        VirtualDatagramChannel receiver = bound.get(packet.recipient());
        if (receiver == null) {
            packet.release();
        } else {
            receiver.eventLoop().execute(() -> receiver.receive(packet));
        }
    }
}
