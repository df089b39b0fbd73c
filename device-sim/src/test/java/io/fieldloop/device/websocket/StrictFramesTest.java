package io.fieldloop.device.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.profile.DeviceProfile;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule of RFC 6455 that a server's frames can break, and what looks like a breach and is none. */
class StrictFramesTest {

    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final String RESPONSE = String.join(
            "\r\n",
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
            "",
            "");

    private EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void upgrades() {
        DeviceProfile strict = DeviceProfile.named("strict-rfc6455");
        channel = new EmbeddedChannel(new WebSocketDecoder(strict.response(), strict.frames(), KEY));
        channel.writeInbound(Unpooled.copiedBuffer(RESPONSE, UTF_8));
        assertThat(channel.<WebSocketMessage>readInbound()).isInstanceOf(WebSocketMessage.Answered.class);
    }

    /** RFC 9110 section 15.2: a client reads interim answers, asked for or not, until the one that counts. */
    @ParameterizedTest
    @ValueSource(
            strings = {"HTTP/1.1 100 Continue", "HTTP/1.1 102", "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload"})
    void readsOnBehindAnInterimAnswer(String interim) {
        DeviceProfile strict = DeviceProfile.named("strict-rfc6455");
        EmbeddedChannel asked = new EmbeddedChannel(new WebSocketDecoder(strict.response(), strict.frames(), KEY));
        asked.writeInbound(Unpooled.copiedBuffer(interim + "\r\n\r\n", UTF_8));
        assertThat(asked.<WebSocketMessage>readInbound()).isNull();
        asked.writeInbound(Unpooled.copiedBuffer(interim + "\r\n\r\n" + RESPONSE, UTF_8));
        assertThat(asked.<WebSocketMessage>readInbound())
                .isEqualTo(new WebSocketMessage.Answered(UpgradeVerdict.accepted(101)));
        asked.finishAndReleaseAll();
    }

    @AfterEach
    void leavesNothingBehind() {
        channel.finishAndReleaseAll();
    }

    private WebSocketMessage last(String hex) {
        channel.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", ""))));
        List<Object> messages = List.copyOf(channel.inboundMessages());
        assertThat(messages).as("something was made of it").isNotEmpty();
        return (WebSocketMessage) messages.get(messages.size() - 1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "section 5.1: a server's frame is not masked, 1002, 81 85 37fa213d 7f9f4d5158",
        "section 5.2: RSV1 needs an extension, 1002, C1 00",
        "section 5.2: RSV2 needs an extension, 1002, A1 00",
        "section 5.2: RSV3 needs an extension, 1002, 91 00",
        "section 5.2: also in a control frame, 1002, C9 00",
        "section 5.2: opcode 3 is reserved, 1002, 83 00",
        "section 5.2: opcode 7 is reserved, 1002, 87 00",
        "section 5.2: opcode 11 is reserved, 1002, 8B 00",
        "section 5.2: opcode 15 is reserved, 1002, 8F 00",
        "section 5.2: a length below 126 takes one byte, 1002, 82 7E 007D",
        "section 5.2: a length below 65536 takes two bytes, 1002, 82 7F 000000000000FFFF",
        "section 5.2: the first bit of a length is clear, 1002, 82 7F 8000000000000001",
        "section 5.4: a continuation continues something, 1002, 80 01 61",
        "section 5.4: also one that is not the last, 1002, 00 01 61",
        "section 5.4: nothing is left to continue, 1002, 01 01 61 80 01 62 80 01 63",
        "section 5.4: fragments are not interleaved, 1002, 01 01 61 81 01 62",
        "section 5.4: not by a binary message either, 1002, 01 01 61 02 01 62",
        "section 5.5: a ping is not fragmented, 1002, 09 00",
        "section 5.5: a pong is not fragmented, 1002, 0A 00",
        "section 5.5: a close frame is not fragmented, 1002, 08 00",
        "section 5.5: a control frame has at most 125 bytes, 1002, 89 7E 007E",
        "section 5.5.1: the body of a close begins with two bytes, 1002, 88 01 03",
        "section 5.5.1: the reason of a close is UTF-8, 1007, 88 04 03E8 C328",
        "section 5.5.1: its last character is whole, 1007, 88 03 03E8 C3",
        "section 5.6: text is UTF-8, 1007, 81 02 C328",
        "section 5.6: its last character is whole, 1007, 81 01 C3",
        "section 5.6: also over fragments, 1007, 01 01 E2 80 01 82",
        "section 8.1: found before the frame is complete, 1007, 81 05 61 FF",
        "section 8.1: found before the message is complete, 1007, 01 02 C328",
        "RFC 3629: no overlong form of two bytes, 1007, 81 02 C0AF",
        "RFC 3629: of three, 1007, 81 03 E080AF",
        "RFC 3629: of four, 1007, 81 04 F08080AF",
        "RFC 3629: no surrogate, 1007, 81 03 EDA080",
        "RFC 3629: nothing beyond U+10FFFF, 1007, 81 04 F4908080",
        "RFC 3629: no lone continuation byte, 1007, 81 01 80",
        "section 7.4.1: what the client cannot hold is too big, 1009, 82 7F 0000000000100001",
    })
    void failsTheConnectionWithTheCodeOf(String rule, int closeCode, String frames) {
        assertThat(last(frames + " 8900"))
                .isInstanceOfSatisfying(
                        WebSocketMessage.Broken.class,
                        broken -> assertThat(broken.closeCode())
                                .as("%s: %s", rule, broken.text())
                                .isEqualTo(closeCode));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "no message between fragments but control frames, 01 01 61 89 00 8A 00 80 01 62, Text",
        "a fragmented message may be followed by another, 01 01 61 80 01 62 02 01 63 80 01 64, Binary",
        "an empty fragment is one, 01 00 00 00 80 00, Text",
        "a character may be cut by a fragment, 01 02 E282 80 01 AC, Text",
        "binary need not be UTF-8, 82 02 C328, Binary",
        "the last of Unicode, 81 04 F48FBFBF, Text",
        "a zero is a character, 81 01 00, Text",
        "a close frame without a body, 88 00, Close",
        "a close frame with a reason, 88 05 03E8 E282AC, Close",
    })
    void takes(String what, String frames, String kind) {
        assertThat(last(frames).getClass().getSimpleName()).as(what).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"126, 7E 007E", "65535, 7E FFFF", "65536, 7F 0000000000010000"})
    void takesEveryLengthInItsShortestForm(int bytes, String length) {
        assertThat(last("82" + length + "00".repeat(bytes))).isInstanceOf(WebSocketMessage.Binary.class);
    }

    /** Section 7.4.2, and IANA's registry of close codes for 1012 to 1014. */
    @ParameterizedTest
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
    void takesTheCloseCode(int code) {
        assertThat(last(String.format("8802%04X", code))).isEqualTo(new WebSocketMessage.Close(code));
    }

    static IntStream codesOfNoCloseFrame() {
        return IntStream.of(0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535);
    }

    @ParameterizedTest
    @MethodSource("codesOfNoCloseFrame")
    void refusesTheCloseCode(int code) {
        assertThat(last(String.format("8802%04X", code))).isInstanceOf(WebSocketMessage.Broken.class);
    }

    /** Section 1.4: after a close frame nothing more is said. */
    @ParameterizedTest
    @ValueSource(strings = {"8900", "810161", "880203E8"})
    void readsNothingAfterACloseFrame(String frame) {
        assertThat(last("880203E8" + frame)).isEqualTo(new WebSocketMessage.Close(1000));
    }
}
