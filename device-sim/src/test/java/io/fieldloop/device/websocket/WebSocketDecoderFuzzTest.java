package io.fieldloop.device.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fieldloop.device.profile.DeviceProfile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whatever a server sends, the decoder makes something of it: no exception, no leak, and the same however it arrives.
 *
 * <p>The first byte of an input says how: the low two bits the profile, the rest how many bytes arrive at a time (0: all at once).
 */
class WebSocketDecoderFuzzTest {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final byte[] RESPONSE = String.join(
                    "\r\n",
                    "HTTP/1.1 101 Switching Protocols",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                    "",
                    "")
            .getBytes(StandardCharsets.ISO_8859_1);
    private static final List<String> PROFILES =
            List.of("xiaozhi-wifi", "esp-idf-websocket", "strict-rfc6455", "xiaozhi-ml307");

    @FuzzTest(maxDuration = "10m")
    void answerAndFrames(byte[] data) {
        if (data.length > 1) {
            byte[] stream = Arrays.copyOfRange(data, 1, data.length);
            assertSameHoweverItArrives(data[0], stream);
        }
    }

    @FuzzTest(maxDuration = "10m")
    void framesBehindAGoodAnswer(byte[] data) {
        if (data.length > 1) {
            byte[] stream = Arrays.copyOf(RESPONSE, RESPONSE.length + data.length - 1);
            System.arraycopy(data, 1, stream, RESPONSE.length, data.length - 1);
            assertSameHoweverItArrives(data[0], stream);
        }
    }

    private static void assertSameHoweverItArrives(byte how, byte[] stream) {
        DeviceProfile profile = DeviceProfile.named(PROFILES.get(how & 3));
        int chunk = (how & 0xff) >> 2;
        List<String> inOnePiece = messages(profile, stream, stream.length);
        if (chunk > 0) {
            assertThat(messages(profile, stream, chunk)).isEqualTo(inOnePiece);
        }
    }

    private static List<String> messages(DeviceProfile profile, byte[] stream, int chunk) {
        EmbeddedChannel channel = new EmbeddedChannel(new WebSocketDecoder(profile.response(), profile.frames(), KEY));
        List<ByteBuf> contents = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        for (int at = 0; at < stream.length; at += chunk) {
            channel.writeInbound(Unpooled.copiedBuffer(stream, at, Math.min(chunk, stream.length - at)));
            for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
                messages.add(text(next, contents));
            }
        }
        channel.finishAndReleaseAll();
        assertThat(contents).allMatch(content -> content.refCnt() == 0);
        return messages;
    }

    private static String text(Object message, List<ByteBuf> contents) {
        if (!(message instanceof ByteBufHolder held)) {
            return message.toString();
        }
        String text = message.getClass().getSimpleName() + " " + ByteBufUtil.hexDump(held.content());
        if (held.content().isReadable()) { // Netty's empty buffer is never released
            contents.add(held.content());
        }
        held.release();
        return text;
    }
}
