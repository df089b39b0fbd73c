package io.fieldloop.scenario.rig.capture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/** The randoms of the ClientHellos that a device has sent, by which a key log names its sessions. */
final class ClientRandoms {
    // A record of type handshake: type, version, length; in it a ClientHello: type, length, version; then the random.
    private static final byte RECORD_HANDSHAKE = 22;
    private static final int RANDOM_AT = 5 + 4 + 2;
    private static final int RANDOM_BYTES = 32;

    private final Map<Long, ByteBuf> beginnings = new HashMap<>();
    private final Set<String> randoms = new HashSet<>();

    /** A piece of what the device sends on this connection; a ClientHello may come byte by byte. */
    void sent(long connection, ByteBuf bytes) {
        ByteBuf beginning = beginnings.computeIfAbsent(
                connection, first -> Unpooled.buffer(RANDOM_AT + RANDOM_BYTES, RANDOM_AT + RANDOM_BYTES));
        if (!beginning.isWritable()) {
            return;
        }
        int taken = Math.min(beginning.writableBytes(), bytes.readableBytes());
        beginning.writeBytes(bytes, bytes.readerIndex(), taken);
        if (!beginning.isWritable() && beginning.getByte(0) == RECORD_HANDSHAKE) {
            byte[] random = new byte[RANDOM_BYTES];
            beginning.getBytes(RANDOM_AT, random);
            randoms.add(HexFormat.of().formatHex(random));
        }
    }

    /** Whether this line of a key log, {@code LABEL random secret}, is about one of them. */
    boolean isOwn(String keyLogLine) {
        String[] words = keyLogLine.split(" ", 3);
        return words.length == 3 && randoms.contains(words[1]);
    }
}
