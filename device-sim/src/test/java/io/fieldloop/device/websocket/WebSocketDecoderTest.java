package io.fieldloop.device.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.profile.DeviceProfile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebSocketDecoderTest {

    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final String RESPONSE = String.join(
            "\r\n",
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
            "",
            "");

    private EmbeddedChannel channel = upgraded("xiaozhi-wifi");

    private static EmbeddedChannel upgraded(String profileName) {
        DeviceProfile profile = DeviceProfile.named(profileName);
        EmbeddedChannel channel = new EmbeddedChannel(new WebSocketDecoder(profile.response(), profile.frames(), KEY));
        channel.writeInbound(Unpooled.copiedBuffer(RESPONSE, UTF_8));
        WebSocketMessage.Answered answered = channel.readInbound();
        assertThat(answered.verdict().failure()).isNull();
        return channel;
    }

    @AfterEach
    void leavesNothingBehind() {
        channel.finishAndReleaseAll();
    }

    private List<String> read(String hex) {
        channel.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replaceAll("\\s", ""))));
        return drain();
    }

    private List<String> drain() {
        List<String> messages = new ArrayList<>();
        for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
            if (next instanceof ByteBufHolder held) {
                messages.add(next.getClass().getSimpleName() + "["
                        + held.content().toString(UTF_8).replaceAll("(.{20}).+", "$1...") + "]");
                held.release();
            } else {
                messages.add(next.toString());
            }
        }
        return messages;
    }

    @Test
    void knowsTheVectorsOfRfc6455() {
        // section 5.7: unmasked, masked, fragmented, ping
        assertThat(read("81 05 48656c6c6f")).containsExactly("Text[text=Hello]");
        assertThat(read("81 85 37fa213d 7f9f4d5158")).containsExactly("Text[text=Hello]");
        assertThat(read("01 03 48656c")).isEmpty();
        assertThat(read("80 02 6c6f")).containsExactly("Text[text=Hello]");
        assertThat(read("89 05 48656c6c6f")).containsExactly("Ping[Hello]");
        // 256 bytes in a 16 bit length, 65536 in a 64 bit length
        assertThat(read("82 7E 0100" + "61".repeat(256))).containsExactly("Binary[aaaaaaaaaaaaaaaaaaaa...]");
        assertThat(read("82 7F 0000000000010000" + "62".repeat(65536)))
                .containsExactly("Binary[bbbbbbbbbbbbbbbbbbbb...]");
    }

    @Test
    void aPingMayComeBetweenFragmentsAndAPongIsTold() {
        assertThat(read("02 01 61  89 00  8A 00  00 01 62  80 01 63"))
                .containsExactly("Ping[]", "Pong[]", "Binary[abc]");
    }

    @Test
    void aNewMessageAmongFragmentsIsSkippedAsTheFirmwareDoes() {
        assertThat(read("01 01 61  81 01 62  80 01 63"))
                .containsExactly("Skipped[text=Received new message frame while still fragmenting]", "Text[text=ac]");
    }

    @Test
    void firmwareSkipsAnUnknownOpcode() {
        assertThat(read("83 01 61  81 01 62")).containsExactly("Skipped[text=Unknown opcode: 3]", "Text[text=b]");
    }

    @Test
    void aLengthNearTwoToTheSixtyFourEndsTheReading() {
        assertThat(read("82 7F FFFFFFFFFFFFFFF0 00"))
                .containsExactly("Broken[text=Frame of 18446744073709551600 bytes does not fit, closeCode=1009]");
        assertThat(read("81 01 62")).isEmpty();
    }

    /** 78/esp-ml307 3.6.6 web_socket.cc, OnTcpData(): only a first frame without FIN sets {@code is_fragmented_}. */
    @Test
    void aContinuationOfNothingIsForgottenAtTheNextMessage() {
        assertThat(read("00 01 61  81 01 62")).containsExactly("Text[text=b]");
    }

    @Test
    void aHundredThousandFragmentsAreOneMessageOfTheirBytes() {
        ByteBuf frames = Unpooled.buffer().writeBytes(new byte[] {0x02, 0});
        for (int fragment = 0; fragment < 100_000; fragment++) {
            frames.writeBytes(new byte[] {0, 1, 'x'});
        }
        channel.writeInbound(frames.writeBytes(new byte[] {(byte) 0x80, 0}));
        WebSocketMessage.Binary message = channel.readInbound();
        assertThat(message.content().readableBytes()).isEqualTo(100_000);
        assertThat(message.content().capacity()).isLessThanOrEqualTo(1 << 18);
        message.release();
    }

    @Test
    void fragmentsEndTheReadingWhereTheClientCannotHoldThem() {
        ByteBuf frames = Unpooled.buffer().writeBytes(new byte[] {0x02, 0});
        for (int fragment = 0; fragment < 17; fragment++) {
            frames.writeByte(0).writeByte(127).writeLong(1 << 16).writeBytes(new byte[1 << 16]);
        }
        channel.writeInbound(frames);
        assertThat(drain()).containsExactly("Broken[text=Message does not fit, closeCode=1009]");
    }

    @Test
    void fragmentsThatAreNeverFinishedAreReleasedWithTheConnection() {
        read("02 01 61  00 01 62");
        channel.close();
        assertThat(drain()).isEmpty();
    }

    @Test
    void aCloseFrameTellsItsCode() {
        assertThat(read("88 02 03E8")).containsExactly("Close[code=1000]");
        assertThat(read("88 00")).containsExactly("Close[code=1005]");
    }

    @Test
    void readsTheSameHoweverTheStreamIsCut() {
        long seed = 20260801;
        Random random = new Random(seed);
        byte[] stream = HexFormat.of()
                .parseHex("810548656c6c6f" + "818537fa213d7f9f4d5158" + "010348656c" + "80026c6f" + "827E0100"
                        + "61".repeat(256) + "890548656c6c6f");
        for (int round = 0; round < 200; round++) {
            List<String> messages = new ArrayList<>();
            for (int at = 0; at < stream.length; ) {
                int length = Math.min(stream.length - at, 1 + random.nextInt(12));
                channel.writeInbound(Unpooled.copiedBuffer(stream, at, length));
                messages.addAll(drain());
                at += length;
            }
            assertThat(messages)
                    .as("seed %d, round %d", seed, round)
                    .containsExactly(
                            "Text[text=Hello]",
                            "Text[text=Hello]",
                            "Text[text=Hello]",
                            "Binary[aaaaaaaaaaaaaaaaaaaa...]",
                            "Ping[Hello]");
        }
    }

    @Test
    void framesInTheSegmentOfTheResponseAreRead() {
        DeviceProfile profile = DeviceProfile.named("xiaozhi-wifi");
        channel.finishAndReleaseAll();
        channel = new EmbeddedChannel(new WebSocketDecoder(profile.response(), profile.frames(), KEY));
        ByteBuf segment = Unpooled.copiedBuffer(RESPONSE, UTF_8);
        channel.writeInbound(Unpooled.wrappedBuffer(segment, Unpooled.wrappedBuffer(new byte[] {(byte) 0x81, 1, 'x'})));
        assertThat(drain())
                .containsExactly(
                        "Answered[verdict=UpgradeVerdict[failure=null, status=101, location=null]]", "Text[text=x]");
    }
}
