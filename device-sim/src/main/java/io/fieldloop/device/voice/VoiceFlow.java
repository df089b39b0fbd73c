package io.fieldloop.device.voice;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.DatagramRefusal;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.LogLevel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Key and sequences of a device's voice, both ways (protocol reference 2.3 and 2.4).
 *
 * <p>A hello begins them anew whenever it comes, also while a socket is open; that keeps the place it was opened to.
 */
public final class VoiceFlow {

    /** Type, flags, length of the payload, connection, timestamp, sequence. */
    private static final int HEADER_BYTES = 16;

    private static final byte TYPE_AUDIO = 1;
    private static final int LENGTH_AT = 2;
    private static final int TIMESTAMP_AT = 8;
    private static final int SEQUENCE_AT = 12;
    private static final String TAG = "MQTT";

    private final DeviceContext context;
    private final boolean strict;
    private @Nullable VoiceCipher cipher;
    private byte[] nonce = new byte[HEADER_BYTES];
    private VoiceMeter meter = new VoiceMeter();
    private int sent;
    private long last;

    /** @param strict whether length and sequence are checked as firmware since 2.3 does */
    public VoiceFlow(DeviceContext context, boolean strict) {
        this.context = context;
        this.strict = strict;
    }

    public void rekey(VoiceOffer offer) {
        cipher = new VoiceCipher(offer.key());
        nonce = HexFormat.of().parseHex(offer.nonce());
        sent = 0;
        last = 0;
        meter.restart();
        context.emit(new DeviceEvent.VoiceKeyed(offer.server(), offer.port()));
    }

    /** One datagram; its timestamp is zero, as without server-side echo cancellation. */
    public ByteBuf seal(ByteBufAllocator allocator, byte[] opus) {
        meter.sent();
        return seal(allocator, opus, 0, ++sent);
    }

    /** The modem has not said that there is a socket; the sequence moves on. */
    void notConnected() {
        sent++;
        context.log(LogLevel.ERROR, "Ml307Udp", "Not connected");
    }

    ByteBuf seal(ByteBufAllocator allocator, byte[] opus, int timestamp, int sequence) {
        if (cipher == null) {
            throw new IllegalStateException("No hello has brought a key.");
        }
        ByteBuf datagram = allocator.buffer(HEADER_BYTES + opus.length).writeBytes(nonce);
        datagram.setShort(LENGTH_AT, opus.length);
        datagram.setInt(TIMESTAMP_AT, timestamp);
        datagram.setInt(SEQUENCE_AT, sequence);
        byte[] header = new byte[HEADER_BYTES];
        datagram.getBytes(0, header);
        return datagram.writeBytes(cipher.apply(header, opus));
    }

    /**
     * How many Opus bytes the device takes out of a datagram; negative, logged, when it takes none.
     *
     * <p>A wrong key goes unnoticed there, so nothing is deciphered here: what is not Opus would be played as noise.
     */
    public long take(ByteBuf datagram) {
        int size = datagram.readableBytes();
        int start = datagram.readerIndex();
        if (size < HEADER_BYTES) {
            return refuse(LogLevel.ERROR, DatagramRefusal.TOO_SHORT, null, "Invalid audio packet size: " + size);
        }
        long sequence = datagram.getUnsignedInt(start + SEQUENCE_AT);
        long timestamp = datagram.getUnsignedInt(start + TIMESTAMP_AT);
        int type = datagram.getUnsignedByte(start);
        if (type != TYPE_AUDIO) {
            String text = "Invalid audio packet type: " + Integer.toHexString(type);
            return refuse(LogLevel.ERROR, DatagramRefusal.WRONG_TYPE, sequence, text);
        }
        int payload = size - HEADER_BYTES;
        int told = datagram.getUnsignedShort(start + LENGTH_AT);
        if (strict && told != payload) {
            String text = "Audio payload length mismatch: header=" + told + ", datagram=" + payload;
            return refuse(LogLevel.ERROR, DatagramRefusal.LENGTH_MISMATCH, sequence, text);
        }
        if (strict ? sequence <= last : sequence < last) {
            meter.old(sequence, timestamp, context.nanoTime());
            return refuse(LogLevel.WARN, DatagramRefusal.OLD_SEQUENCE, sequence, oldText(sequence));
        }
        noteGap(sequence);
        meter.taken(sequence, timestamp, context.nanoTime());
        last = sequence;
        return payload;
    }

    /** The socket is closed: tells how voice came through it. */
    void closed() {
        context.emit(meter.closed());
        meter = new VoiceMeter();
    }

    private String oldText(long sequence) {
        return strict
                ? "Received duplicate/old audio sequence: " + sequence + ", last: " + last
                : "Received audio packet with old sequence: " + sequence + ", expected: " + last;
    }

    private void noteGap(long sequence) {
        long expected = last + 1;
        if (sequence != expected) {
            context.log(
                    LogLevel.WARN,
                    TAG,
                    "Received audio packet with wrong sequence: " + sequence + ", expected: " + expected);
            if (sequence > expected) {
                context.emit(new DeviceEvent.VoiceGap(sequence - expected));
            }
        }
    }

    private long refuse(LogLevel level, DatagramRefusal why, @Nullable Long sequence, String text) {
        context.log(level, TAG, text);
        context.emit(new DeviceEvent.VoiceRefused(why, sequence));
        return -1;
    }
}
