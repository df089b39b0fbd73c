package io.fieldloop.scenario.probe;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** One WebSocket frame as it crossed the wire; fragments are not joined. */
final class Frame {
    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    private static final int PONG = 10;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int SHORT_MAX = 125;
    private static final int LENGTH_16 = 126;

    private final int opcode;
    private final byte[] payload;

    Frame(int opcode, byte[] payload) {
        this.opcode = opcode;
        this.payload = payload.clone();
    }

    int opcode() {
        return opcode;
    }

    static byte[] text(String text, SecureRandom random) {
        return masked(TEXT, text.getBytes(StandardCharsets.UTF_8), random);
    }

    byte[] pong(SecureRandom random) {
        return masked(PONG, payload, random);
    }

    String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** The code of a close frame; 1005 where it has none (RFC 6455 section 7.1.5). */
    int closeCode() {
        return payload.length < 2 ? 1005 : (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
    }

    private static byte[] masked(int opcode, byte[] payload, SecureRandom random) {
        byte[] mask = new byte[4];
        random.nextBytes(mask);
        int extended = payload.length > SHORT_MAX ? 2 : 0;
        byte[] frame = new byte[2 + extended + mask.length + payload.length];
        frame[0] = (byte) (FINAL | opcode);
        frame[1] = (byte) (MASKED | (extended > 0 ? LENGTH_16 : payload.length));
        if (extended > 0) {
            frame[2] = (byte) (payload.length >> 8);
            frame[3] = (byte) payload.length;
        }
        System.arraycopy(mask, 0, frame, 2 + extended, mask.length);
        int start = 2 + extended + mask.length;
        for (int i = 0; i < payload.length; i++) {
            frame[start + i] = (byte) (payload[i] ^ mask[i % mask.length]);
        }
        return frame;
    }
}
