package io.fieldloop.server.voice;

import io.fieldloop.server.event.ConnectionId;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayListener;
import io.fieldloop.server.event.VoiceQuality;
import io.fieldloop.server.event.VoiceRefusal;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The audio of one talk: one key, one connection id, an address that is learned, and sequences of both directions.
 *
 * <p>It belongs to the loop of its voice listener. Nothing in a packet proves who sent it: whoever knows the connection id can forge
 * one. Hardened, an address is learned from packets that are taken; compat stores it before any other look, as xiaozhi-mqtt-gateway does.
 */
public final class VoiceFlow {
    private final ConnectionId connection;
    private final GatewayListener events;
    private final int id;
    private final byte[] key;
    private final SequenceRule rule;
    private final int leapMax;
    private final VoiceReceiver receiver;
    private final long openedNanos;
    private final VoiceReception reception = new VoiceReception();
    private Set<VoiceRefusal> told = Set.of();
    private @Nullable VoiceCipher cipher;
    private volatile @Nullable InetSocketAddress device;
    private int lastReceived;
    private int nextSent = 1;
    private int sent;
    private int rebinds;
    private boolean theftTold;

    VoiceFlow(
            ConnectionId connection,
            GatewayListener events,
            int id,
            byte[] key,
            SequenceRule rule,
            int leapMax,
            VoiceReceiver receiver,
            long nowNanos) {
        this.connection = connection;
        this.events = events;
        this.id = id;
        this.key = key.clone();
        this.rule = rule;
        this.leapMax = leapMax;
        this.receiver = receiver;
        this.openedNanos = nowNanos;
    }

    int id() {
        return id;
    }

    /** As a hello gives it. */
    public String key() {
        return HexFormat.of().formatHex(key);
    }

    /** The header without size, timestamp and sequence, as a hello gives it. */
    public String nonce() {
        return "01000000" + HexFormat.of().toHexDigits(id) + "0000000000000000";
    }

    /** Where the device is, or null while it has sent nothing. */
    @Nullable
    InetSocketAddress device() {
        return device;
    }

    /** The next packet sent has this number. */
    void countFrom(int sequence) {
        nextSent = sequence;
    }

    /** Takes a datagram with this flow's connection id, or refuses it; what is left to read in it then is the audio. */
    void receive(ByteBuf datagram, InetSocketAddress sender, long nowNanos) {
        int size = VoicePacket.size(datagram);
        int sequence = VoicePacket.sequence(datagram);
        boolean hardened = rule == SequenceRule.HARDENED;
        boolean moved = !hardened && learn(sender);
        VoiceRefusal refusal = refusal(datagram.readableBytes() - VoicePacket.HEADER_BYTES, size, sequence);
        if (refusal != null) {
            refuse(refusal, sequence, sender);
            if (moved && lastReceived != 0) {
                tellTheft();
            }
            return;
        }
        if (hardened) {
            learn(sender);
        }
        lastReceived = sequence;
        reception.taken(sequence, VoicePacket.timestamp(datagram), nowNanos);
        int length = Math.min(size, datagram.readableBytes() - VoicePacket.HEADER_BYTES);
        open(datagram, length);
        receiver.audio(datagram);
    }

    /** Writes a packet with this audio to {@code out}, which has room for it. */
    void seal(ByteBuf audio, int timestamp, ByteBuf out) {
        int length = audio.readableBytes();
        int start = out.writerIndex();
        VoicePacket.writeHeader(out, VoicePacket.TYPE << Byte.SIZE, length, id, timestamp, nextSent++);
        out.writeBytes(audio, audio.readerIndex(), length);
        cipher().apply(out, start, length);
        sent++;
    }

    /** What it carried so far. */
    VoiceSnapshot snapshot() {
        return new VoiceSnapshot(
                connection, Integer.toHexString(id), device, reception.quality(rebinds, Integer.toUnsignedLong(sent)));
    }

    /** It carries nothing any more. */
    void close(long nowNanos) {
        VoiceQuality quality = reception.quality(rebinds, Integer.toUnsignedLong(sent));
        Duration lasted = Duration.ofNanos(nowNanos - openedNanos);
        events.onEvent(new GatewayEvent.VoiceClosed(connection, quality, lasted));
    }

    private void open(ByteBuf datagram, int length) {
        int header = datagram.readerIndex();
        cipher().apply(datagram, header, length);
        datagram.setIndex(header + VoicePacket.HEADER_BYTES, header + VoicePacket.HEADER_BYTES + length);
    }

    private @Nullable VoiceRefusal refusal(int present, int size, int sequence) {
        if (rule == SequenceRule.HARDENED && present != size) {
            return VoiceRefusal.LENGTH_WRONG;
        }
        return rule.refusal(sequence, lastReceived, leapMax);
    }

    private void refuse(VoiceRefusal refusal, int sequence, InetSocketAddress sender) {
        if (refusal == VoiceRefusal.LATE || refusal == VoiceRefusal.DUPLICATE) {
            reception.old(sequence);
        } else {
            reception.refused();
        }
        if (!told.contains(refusal)) {
            told = told.isEmpty() ? EnumSet.noneOf(VoiceRefusal.class) : told;
            told.add(refusal);
            events.onEvent(new GatewayEvent.VoicePacketRefused(
                    connection, refusal, Integer.toUnsignedLong(sequence), sender.getAddress()));
        }
    }

    /** True when the address changed. */
    private boolean learn(InetSocketAddress sender) {
        InetSocketAddress before = device;
        if (sender.equals(before)) {
            return false;
        }
        device = sender;
        if (before != null) {
            rebinds++;
        }
        events.onEvent(new GatewayEvent.VoiceAddressLearned(
                connection, sender.getAddress(), sender.getPort(), before != null));
        return before != null;
    }

    private void tellTheft() {
        if (!theftTold) {
            theftTold = true;
            events.onEvent(
                    new GatewayEvent.SecurityNote(connection, GatewayEvent.SecurityNote.Weakness.DOWNLINK_TAKEN));
        }
    }

    /** Made with the first packet, since most flows of a fleet are silent. */
    private VoiceCipher cipher() {
        VoiceCipher present = cipher;
        if (present == null) {
            present = new VoiceCipher(key);
            cipher = present;
        }
        return present;
    }
}
