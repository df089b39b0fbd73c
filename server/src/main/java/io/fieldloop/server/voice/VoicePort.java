package io.fieldloop.server.voice;

import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.ConnectionId;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayListener;
import io.fieldloop.server.event.VoiceRefusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Comparator;
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
    private final VoiceSender sender;
    private final Runnable flush = this::flush;
    private boolean flushDue;
    private final Map<Integer, VoiceFlow> open = new ConcurrentHashMap<>();

    /** The same flows without a boxed key for a packet; the loop's alone. */
    private final IntObjectMap<VoiceFlow> flows = new IntObjectHashMap<>();

    VoicePort(String listener, VoiceConfig config, Stance stance, Channel channel, GatewayListener events) {
        this.listener = listener;
        this.config = config;
        this.channel = channel;
        this.events = events;
        this.sender = new VoiceSender(channel);
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

    /** Opens a way for the audio of a connection, with a key of its own and a connection id nobody else has here. */
    public VoiceFlow open(ConnectionId connection, SecureRandom random, VoiceReceiver receiver) {
        VoiceFlow flow;
        do {
            byte[] drawn = new byte[VoiceCipher.KEY_BYTES + Integer.BYTES];
            random.nextBytes(drawn); // one call: each has its price
            byte[] key = Arrays.copyOf(drawn, VoiceCipher.KEY_BYTES);
            int id = ByteBuffer.wrap(drawn).getInt(VoiceCipher.KEY_BYTES);
            flow = new VoiceFlow(connection, events, id, key, rule, config.sequenceLeapMax(), receiver, nanoTime());
        } while (open.putIfAbsent(flow.id(), flow) != null);
        VoiceFlow opened = flow;
        onLoop(() -> flows.put(opened.id(), opened));
        events.onEvent(new GatewayEvent.VoiceOpened(connection, listener, Integer.toHexString(flow.id())));
        if (weaknessTold.compareAndSet(false, true)) {
            events.onEvent(
                    new GatewayEvent.SecurityNote(connection, GatewayEvent.SecurityNote.Weakness.KEYSTREAM_SHARED));
        }
        return flow;
    }

    /** Closes a way and tells what it carried. */
    public void close(VoiceFlow flow) {
        open.remove(flow.id());
        onLoop(() -> {
            flows.remove(flow.id());
            flow.close(nanoTime());
        });
    }

    /** The packets of a flow are counted from this number. */
    public void countFrom(VoiceFlow flow, long sequence) {
        onLoop(() -> flow.countFrom((int) sequence));
    }

    /** Sends audio to the device, if it has shown where it is, and releases it. */
    public void send(VoiceFlow flow, ByteBuf audio, long timestampMillis) {
        if (channel.eventLoop().inEventLoop()) {
            sendNow(flow, audio, timestampMillis);
        } else {
            channel.eventLoop().execute(() -> sendNow(flow, audio, timestampMillis));
        }
    }

    private void sendNow(VoiceFlow flow, ByteBuf audio, long timestampMillis) {
        InetSocketAddress device = flow.device();
        if (device != null && channel.isActive()) {
            flow.seal(audio, (int) timestampMillis, sender.roomFor(audio.readableBytes(), device));
            flushSoon();
        }
        audio.release();
    }

    /** The open flows, in the order of their connections. */
    public List<VoiceSnapshot> snapshots() {
        return open.values().stream()
                .map(VoiceFlow::snapshot)
                .sorted(Comparator.comparing(VoiceSnapshot::connection))
                .toList();
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
                flow.receive(datagram, sender, nanoTime());
            }
        }
    }

    /** Something threw that should not, while a datagram was taken. */
    void failed(Throwable cause) {
        events.onEvent(new GatewayEvent.AcceptFailed(listener, cause.toString()));
    }

    /** Once for all that is sent in one turn of the loop. */
    private void flushSoon() {
        if (!flushDue) {
            flushDue = true;
            channel.eventLoop().execute(flush);
        }
    }

    private void flush() {
        flushDue = false;
        sender.flush();
    }

    private long nanoTime() {
        return channel.eventLoop().ticker().nanoTime();
    }

    private void onLoop(Runnable action) {
        if (channel.eventLoop().inEventLoop()) {
            action.run();
        } else {
            channel.eventLoop().execute(action);
        }
    }
}
