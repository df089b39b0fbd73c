package io.fieldloop.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** WebSocket frames by hand, so that the gateway's codec is not tested with itself. */
final class Frames {
    private static final byte[] MASK = {0x11, 0x22, 0x33, 0x44};
    private static final ObjectMapper JSON = new ObjectMapper();

    private Frames() {}

    static final class Frame {
        private final int opcode;
        private final byte[] payload;

        private Frame(int opcode, byte[] payload) {
            this.opcode = opcode;
            this.payload = payload;
        }

        int opcode() {
            return opcode;
        }

        byte[] payload() {
            return payload;
        }

        boolean isText() {
            return opcode == 1;
        }

        boolean isBinary() {
            return opcode == 2;
        }

        int closeCode() {
            if (opcode != 8) {
                throw new AssertionError("Not a close frame: " + opcode);
            }
            return ByteBuffer.wrap(payload).getShort() & 0xffff;
        }

        JsonNode message() {
            try {
                return JSON.readTree(new String(payload, java.nio.charset.StandardCharsets.UTF_8));
            } catch (JsonProcessingException e) {
                throw new AssertionError(e);
            }
        }

        String typeAndState() {
            JsonNode message = message();
            return (message.path("type").asText() + " " + message.path("state").asText("")).trim();
        }
    }

    /** A whole, masked client frame. */
    static byte[] masked(int opcode, byte[] payload) {
        ByteBuffer out = ByteBuffer.allocate(payload.length + 14);
        out.put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            out.put((byte) (0x80 | payload.length));
        } else {
            out.put((byte) 0xFE).putShort((short) payload.length);
        }
        out.put(MASK);
        for (int i = 0; i < payload.length; i++) {
            out.put((byte) (payload[i] ^ MASK[i % 4]));
        }
        byte[] frame = new byte[out.position()];
        out.flip().get(frame);
        return frame;
    }

    /** The unmasked frames a server sent. */
    static List<Frame> parse(byte[] bytes) {
        List<Frame> frames = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            int opcode = in.get() & 0x0f;
            int length = in.get();
            if (length == 126) {
                length = in.getShort() & 0xffff;
            }
            byte[] payload = new byte[length];
            in.get(payload);
            frames.add(new Frame(opcode, payload));
        }
        return frames;
    }
}
