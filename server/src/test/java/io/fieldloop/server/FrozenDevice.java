package io.fieldloop.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldloop.server.Frames.Frame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** An upgraded device in a {@link FrozenGateway}. */
final class FrozenDevice {
    private final FrozenGateway.Client client;
    private final Deque<Frame> unread = new ArrayDeque<>();

    FrozenDevice(FrozenGateway gateway) {
        this(gateway, Requests.upgrade());
    }

    FrozenDevice(FrozenGateway gateway, Requests upgrade) {
        client = gateway.connect().send(upgrade.text());
        byte[] answer = client.bytes();
        int end = new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
        if (end < 4) {
            throw new AssertionError("No answer to the upgrade");
        }
        unread.addAll(Frames.parse(java.util.Arrays.copyOfRange(answer, end, answer.length)));
    }

    /** A device whose hello is done and read. */
    static FrozenDevice greeted(FrozenGateway gateway) {
        FrozenDevice device = new FrozenDevice(gateway);
        device.send(hello(1));
        device.frames();
        return device;
    }

    static String hello(int version) {
        return "{\"type\":\"hello\",\"version\":" + version + ",\"transport\":\"websocket\",\"audio_params\":"
                + "{\"format\":\"opus\",\"sample_rate\":16000,\"channels\":1,\"frame_duration\":60}}";
    }

    void send(String text) {
        sendFrame(1, text.getBytes(StandardCharsets.UTF_8));
    }

    void listen(String state, String mode) {
        String modeField = mode == null ? "" : ",\"mode\":\"" + mode + "\"";
        send("{\"type\":\"listen\",\"state\":\"" + state + "\"" + modeField + "}");
    }

    void mcp(String payload) {
        send("{\"type\":\"mcp\",\"payload\":" + payload + "}");
    }

    void sendAudio(int version, byte[] packet) {
        ByteBuffer message = ByteBuffer.allocate(packet.length + 16);
        if (version == 2) {
            message.putShort((short) 2).putShort((short) 0).putInt(0).putInt(0).putInt(packet.length);
        } else if (version == 3) {
            message.put((byte) 0).put((byte) 0).putShort((short) packet.length);
        }
        message.put(packet).flip();
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        sendBinary(bytes);
    }

    void sendBinary(byte[] bytes) {
        sendFrame(2, bytes);
    }

    void sendFrame(int opcode, byte[] payload) {
        sendRaw(Frames.masked(opcode, payload));
    }

    void sendRaw(byte[] bytes) {
        client.send(bytes);
    }

    /** Everything not read yet. */
    List<Frame> frames() {
        unread.addAll(Frames.parse(client.bytes()));
        List<Frame> frames = new ArrayList<>(unread);
        unread.clear();
        return frames;
    }

    JsonNode nextMessage() {
        unread.addAll(Frames.parse(client.bytes()));
        Frame frame = unread.pollFirst();
        if (frame == null) {
            throw new AssertionError("The gateway said nothing");
        }
        return frame.message();
    }

    int closeCode() {
        List<Frame> frames = frames();
        return frames.get(frames.size() - 1).closeCode();
    }

    void takes(boolean willing) {
        client.takes(willing);
    }

    boolean closed() {
        return client.closed();
    }

    boolean readsOn() {
        return client.readsOn();
    }

    boolean reset() {
        return client.reset();
    }

    void leave() {
        client.leave();
    }
}
