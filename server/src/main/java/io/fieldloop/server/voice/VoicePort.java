package io.fieldloop.server.voice;

import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayListener;
import io.fieldloop.server.event.VoiceRefusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One UDP port and the flows on it.
 *
 * <p>Flows are opened and closed from any thread; packets are taken, encrypted and sent on the port's own loop, in order.
 */
public final class VoicePort {
    private final String listener;
    private final VoiceConfig config;
    private final Channel channel;
    private final SequenceRule rule;
    private final VoiceStrangers strangers;
    private final GatewayListener events;
    private final AtomicBoolean weaknessTold = new AtomicBoolean();
    private final Map<Integer, VoiceFlow> open = new ConcurrentHashMap<>();

    /** The same flows without a boxed key for a packet; the loop's alone. */
    private final IntObjectMap<VoiceFlow> flows = new IntObjectHashMap<>();

    VoicePort(String listener, VoiceConfig config, Stance stance, Channel channel, GatewayListener events) {
        this.listener = listener;
        this.config = config;
        this.channel = channel;
        this.events = events;
        this.rule = SequenceRule.of(stance);
        this.strangers = new VoiceStrangers(listener, config.strangersMax(), events);
    }

    /** Where it is bound, or where devices find it in front of that. */
    public int port() {
        Integer advertised = config.port();
        if (advertised != null) {
            return advertised;
        }
        return channel.localAddress() instanceof InetSocketAddress address ? address.getPort() : 0;
    }

    /** Opens a way for the audio of a connection, with a connection id nobody else has here. */
    public VoiceFlow open(Connection connection, byte[] key, SecureRandom random, VoiceReceiver receiver) {
        VoiceFlow flow;
        do {
            flow = new VoiceFlow(connection, random.nextInt(), key, rule, config.sequenceLeapMax(), receiver);
        } while (open.putIfAbsent(flow.id(), flow) != null);
        VoiceFlow opened = flow;
        onLoop(() -> flows.put(opened.id(), opened));
        connection.emit(new GatewayEvent.VoiceOpened(connection.id(), listener, Integer.toHexString(flow.id())));
        if (weaknessTold.compareAndSet(false, true)) {
            connection.emit(new GatewayEvent.SecurityNote(
                    connection.id(), GatewayEvent.SecurityNote.Weakness.KEYSTREAM_SHARED));
        }
        return flow;
    }

    /** Closes a way and tells what it carried. */
    public void close(VoiceFlow flow) {
        open.remove(flow.id());
        onLoop(() -> {
            flows.remove(flow.id());
            flow.connection().emit(flow.closed());
        });
    }

    /** The packets of a flow are counted from this number. */
    public void countFrom(VoiceFlow flow, long sequence) {
        onLoop(() -> flow.countFrom((int) sequence));
    }

    /** Sends audio to the device, if it has shown where it is, and releases it. */
    public void send(VoiceFlow flow, ByteBuf audio, long timestampMillis) {
        onLoop(() -> {
            InetSocketAddress device = flow.device();
            if (device != null && channel.isActive()) {
                ByteBuf out = channel.alloc().ioBuffer(VoicePacket.HEADER_BYTES + audio.readableBytes());
                flow.seal(audio, (int) timestampMillis, out);
                channel.writeAndFlush(new DatagramPacket(out, device));
            }
            audio.release();
        });
    }

    /** The open flows, in the order of their connections. */
    public List<VoiceSnapshot> snapshots() {
        return open.values().stream()
                .map(VoiceFlow::snapshot)
                .sorted(java.util.Comparator.comparing(VoiceSnapshot::connection))
                .toList();
    }

    /** How many sources of foreign datagrams are remembered. */
    public int strangers() {
        return strangers.remembered();
    }

    void receive(ByteBuf datagram, InetSocketAddress sender) {
        int bytes = datagram.readableBytes();
        if (bytes < VoicePacket.HEADER_BYTES) {
            strangers.came(sender.getAddress(), VoiceRefusal.HEADER_TRUNCATED, bytes);
        } else if (VoicePacket.type(datagram) != VoicePacket.TYPE) {
            strangers.came(sender.getAddress(), VoiceRefusal.TYPE_UNKNOWN, bytes);
        } else {
            VoiceFlow flow = flows.get(VoicePacket.flow(datagram));
            if (flow == null) {
                strangers.came(sender.getAddress(), VoiceRefusal.FLOW_UNKNOWN, bytes);
            } else {
                flow.receive(datagram, sender, channel.eventLoop().ticker().nanoTime());
            }
        }
    }

    /** Something threw that should not, while a datagram was taken. */
    void failed(Throwable cause) {
        events.onEvent(new GatewayEvent.AcceptFailed(listener, cause.toString()));
    }

    private void onLoop(Runnable action) {
        if (channel.eventLoop().inEventLoop()) {
            action.run();
        } else {
            channel.eventLoop().execute(action);
        }
    }
}
