package io.fieldloop.server.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packets whose bytes were made by python-cryptography and checked by the openssl command line. */
class VoiceVectorsTest {
    private static final String KEY = "00112233445566778899aabbccddeeff";
    private static final int DEADBEEF = 0xdeadbeef;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // the smallest packet of Opus: three bytes of silence
        "U1, 0, 1, f8fffe, 01000003deadbeef0000000000000001423541",
        // crosses one block
        "U2, 0, 2, 000102030405060708090a0b0c0d0e0f10111213, 01000014deadbeef0000000000000002d9142a00e668cea7e3819ab88448744f90e30097",
        // with a timestamp, as for echo cancellation on the server
        "U3, 16909060, 16, 7800070e151c232a31383f464d545b626970777e858c939aa1a8afb6bdc4cbd2d9e0e7eef5fc030a,"
                + " 01000028deadbeef0102030400000010af5c78f6a964c5c273442703dff4b15507eaec44d2d54a9da6d26e33808afaa7537d67734b7abf6b",
        // the last sequence: the counter carries into the timestamp behind the first block
        "U4, 0, 4294967295, 555555555555555555555555555555555555555555555555555555555555555555,"
                + " 01000021deadbeef00000000ffffffff4bc01d5967eec3b433b2fe6a2cec20f11d052a41b8ae937af97fbf0515325f2c79",
        // the other direction, whose first packet has the keystream of U1
        "U6, 0, 1, 0b0001, 01000003deadbeef0000000000000001b1cabe"
    })
    void sealsAndOpens(String name, long timestamp, long sequence, String audio, String packet) {
        ByteBuf sealed = sealed(KEY, VoicePacket.TYPE << 8, DEADBEEF, timestamp, sequence, audio);
        assertThat(ByteBufUtil.hexDump(sealed)).isEqualTo(packet);
        new VoiceCipher(HexFormat.of().parseHex(KEY)).apply(sealed, 0, sealed.readableBytes() - 16);
        assertThat(ByteBufUtil.hexDump(sealed.skipBytes(16))).isEqualTo(audio);
    }

    /** U5: key and nonce of the protocol document's example, whose flags are not zero. */
    @Test
    void theNoncesOwnFlagsArePartOfTheCounter() {
        ByteBuf sealed = sealed("0123456789abcdef0123456789abcdef", 0x0123, 0x89abcdef, 0, 1, "68656c6c6f206f707573");
        assertThat(ByteBufUtil.hexDump(sealed)).isEqualTo("0123000a89abcdef000000000000000185d523aecada7d8d680b");
    }

    /** U7: what makes it a two-time pad. */
    @Test
    void equalLengthPacketsShareKeystreamOneBlockApart() {
        String zeros = "00".repeat(48);
        String fifth = ByteBufUtil.hexDump(sealed(KEY, VoicePacket.TYPE << 8, DEADBEEF, 0, 5, zeros));
        String sixth = ByteBufUtil.hexDump(sealed(KEY, VoicePacket.TYPE << 8, DEADBEEF, 0, 6, zeros));
        assertThat(fifth.substring(64, 96))
                .isEqualTo("f84aa842dae0ef4409f97f83ce4631b6")
                .isEqualTo(sixth.substring(32, 64));
    }

    @Test
    void worksOnPacketsLongerThanItsBuffer() {
        String audio = "5a".repeat(700);
        ByteBuf sealed = sealed(KEY, VoicePacket.TYPE << 8, DEADBEEF, 7, 9, audio);
        new VoiceCipher(HexFormat.of().parseHex(KEY)).apply(sealed, 0, 700);
        assertThat(ByteBufUtil.hexDump(sealed.skipBytes(16))).isEqualTo(audio);
    }

    private static ByteBuf sealed(String key, int typeAndFlags, int flow, long timestamp, long sequence, String audio) {
        byte[] bytes = HexFormat.of().parseHex(audio);
        ByteBuf packet = Unpooled.buffer();
        VoicePacket.writeHeader(packet, typeAndFlags, bytes.length, flow, (int) timestamp, (int) sequence);
        packet.writeBytes(bytes);
        new VoiceCipher(HexFormat.of().parseHex(key)).apply(packet, 0, bytes.length);
        return packet;
    }
}
