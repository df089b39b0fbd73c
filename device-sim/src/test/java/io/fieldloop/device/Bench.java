package io.fieldloop.device;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.profile.DeviceProfile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A WebSocket device on the bench: a peer that the test plays by hand. */
final class Bench extends FrozenBench<Bench> {

    static final String URL = "ws://gateway.test:8000/xiaozhi/v1/";
    static final String SERVER_HELLO =
            "{\"type\":\"hello\",\"transport\":\"websocket\",\"session_id\":\"s-1\",\"audio_params\":{\"sample_rate\":24000,\"frame_duration\":60}}";

    final Device device;

    Bench(String profile) {
        this(DeviceConfig.of("bench", DeviceProfile.named(profile), URL));
    }

    Bench(DeviceConfig config) {
        this(config, NvsStore.inMemory());
    }

    Bench(DeviceConfig config, NvsStore nvs) {
        device = device(config, nvs, DatagramDialer.none());
    }

    @Override
    Bench self() {
        return this;
    }

    /** What the device sent since last asked, as text. */
    String receivesText() {
        ByteBuf all = received();
        String text = all.toString(UTF_8);
        all.release();
        return text;
    }

    private ByteBuf received() {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf part = wire().readOutbound(); part != null; part = wire().readOutbound()) {
            all.writeBytes(part);
            part.release();
        }
        return all;
    }

    /** The next client frames, unmasked, as {@code opcode:payload}. */
    List<String> receivesFrames() {
        ByteBuf all = received();
        List<String> frames = new ArrayList<>();
        while (all.isReadable()) {
            int first = all.readUnsignedByte();
            int second = all.readUnsignedByte();
            assertThat(first & 0x80).as("client frames are never fragmented").isNotZero();
            assertThat(second & 0x80).as("client frames are masked").isNotZero();
            int length = second & 0x7F;
            length = length == 126 ? all.readUnsignedShort() : length;
            byte[] mask = new byte[4];
            all.readBytes(mask);
            byte[] payload = new byte[length];
            all.readBytes(payload);
            for (int index = 0; index < length; index++) {
                payload[index] ^= mask[index % 4];
            }
            frames.add((first & 0x0F) + ":" + new String(payload, (first & 0x0F) == 1 ? UTF_8 : ISO_8859_1));
        }
        all.release();
        return frames;
    }

    /** The peer sends bytes. */
    Bench sends(String text) {
        wire().writeInbound(Unpooled.copiedBuffer(text, UTF_8));
        return this;
    }

    /** The peer sends a text frame. */
    Bench sendsText(String json) {
        return sendsFrame(0x81, json.getBytes(UTF_8));
    }

    /** The peer sends a frame with that first byte, unmasked. */
    Bench sendsFrame(int first, byte[] payload) {
        ByteBuf frame = Unpooled.buffer().writeByte(first);
        if (payload.length < 126) {
            frame.writeByte(payload.length);
        } else {
            frame.writeByte(126).writeShort(payload.length);
        }
        wire().writeInbound(frame.writeBytes(payload));
        return this;
    }

    /** The peer closes the connection. */
    Bench sendsFin() {
        wire().close();
        return this;
    }

    /** The peer resets the connection. */
    Bench sendsRst() {
        wire().pipeline().fireExceptionCaught(new java.net.SocketException("Connection reset"));
        return this;
    }

    /** Takes the upgrade request and answers it as a good server does. */
    Bench acceptsUpgrade() {
        return sends("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + acceptFor(receivesText()) + "\r\n\r\n");
    }

    /** The right accept value for a request. */
    static String acceptFor(String request) {
        String key = request.replaceAll("(?s).*Sec-WebSocket-Key: (\\S+)\r\n.*", "$1");
        try {
            byte[] sha1 = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(sha1);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new AssertionError(everyJdkHasIt);
        }
    }

    /** Opens the channel to its end. */
    Bench online() {
        CompletableFuture<ConnectOutcome> outcome = device.openChannel();
        acceptsUpgrade();
        receivesFrames();
        sendsText(SERVER_HELLO);
        assertThat(outcome).isCompletedWithValueMatching(ConnectOutcome.Online.class::isInstance);
        return this;
    }

    @Override
    public void close() {
        device.closeChannel();
        super.close();
    }
}
