package io.fieldloop.device.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.Consoles;
import io.fieldloop.device.event.DatagramRefusal;
import io.fieldloop.device.event.DeviceEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Voice datagrams byte for byte; the vectors were made with two other implementations of AES. */
class VoiceFlowTest {

    private static final String KEY = "00112233445566778899aabbccddeeff";
    private static final String NONCE = "01000000deadbeef0000000000000000";
    private static final HexFormat HEX = HexFormat.of();

    private final List<DeviceEvent> events = new ArrayList<>();

    private VoiceFlow flow(String key, String nonce) {
        VoiceFlow flow = new VoiceFlow(Consoles.context("xiaozhi-wifi", events::add), true);
        flow.rekey(new VoiceOffer("voice.test", 8884, key, nonce));
        return flow;
    }

    private static String seal(VoiceFlow flow, String opus, int timestamp, int sequence) {
        ByteBuf datagram = flow.seal(UnpooledByteBufAllocator.DEFAULT, HEX.parseHex(opus), timestamp, sequence);
        String hex = ByteBufUtil.hexDump(datagram);
        datagram.release();
        return hex;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "U1 first packet up," + KEY + "," + NONCE + ",0,1,f8fffe,01000003deadbeef0000000000000001423541",
        "U2 more than one block," + KEY + "," + NONCE + ",0,2,000102030405060708090a0b0c0d0e0f10111213,"
                + "01000014deadbeef0000000000000002d9142a00e668cea7e3819ab88448744f90e30097",
        "U3 down with a timestamp," + KEY + "," + NONCE + ",16909060,16,"
                + "7800070e151c232a31383f464d545b626970777e858c939aa1a8afb6bdc4cbd2d9e0e7eef5fc030a,"
                + "01000028deadbeef0102030400000010"
                + "af5c78f6a964c5c273442703dff4b15507eaec44d2d54a9da6d26e33808afaa7537d67734b7abf6b",
        "U4 the counter carries into the timestamp," + KEY + "," + NONCE + ",0,-1,"
                + "555555555555555555555555555555555555555555555555555555555555555555,"
                + "01000021deadbeef00000000ffffffff4bc01d5967eec3b433b2fe6a2cec20f11d052a41b8ae937af97fbf0515325f2c79",
        "U5 the document's example in upper case,0123456789ABCDEF0123456789ABCDEF,0123456789ABCDEF0123456789ABCDEF,0,1,"
                + "68656c6c6f206f707573,0123000a89abcdef000000000000000185d523aecada7d8d680b",
        "U6 first packet down," + KEY + "," + NONCE + ",0,1,0b0001,01000003deadbeef0000000000000001b1cabe",
    })
    void sealsAsTheFirmwareDoes(
            String name, String key, String nonce, int timestamp, int sequence, String opus, String datagram) {
        assertThat(seal(flow(key, nonce), opus, timestamp, sequence)).isEqualTo(datagram);
    }

    @Test
    void u6BothDirectionsShareTheirKeystream() {
        byte[] up = HEX.parseHex(seal(flow(KEY, NONCE), "f8fffe", 0, 1));
        byte[] down = HEX.parseHex(seal(flow(KEY, NONCE), "0b0001", 0, 1));
        for (int index = 0; index < 3; index++) {
            int first = up[16 + index] ^ HEX.parseHex("f8fffe")[index];
            assertThat(first).isEqualTo(down[16 + index] ^ HEX.parseHex("0b0001")[index]);
        }
    }

    @Test
    void u7ABlockOfOnePacketIsTheFirstBlockOfTheNext() {
        String zeros = "00".repeat(48);
        String fifth = seal(flow(KEY, NONCE), zeros, 0, 5);
        String sixth = seal(flow(KEY, NONCE), zeros, 0, 6);
        assertThat(fifth.substring(64, 96))
                .isEqualTo(sixth.substring(32, 64))
                .isEqualTo("f84aa842dae0ef4409f97f83ce4631b6");
    }

    @Test
    void opensslReadsWhatTheDeviceSends() throws IOException, InterruptedException {
        String opus = "58" + "a1b2c3".repeat(40);
        VoiceFlow flow = flow(KEY, NONCE);
        ByteBuf datagram = flow.seal(UnpooledByteBufAllocator.DEFAULT, HEX.parseHex(opus));
        String iv = ByteBufUtil.hexDump(datagram, 0, 16);
        Process openssl = new ProcessBuilder("openssl", "enc", "-d", "-aes-128-ctr", "-K", KEY, "-iv", iv).start();
        openssl.getOutputStream().write(ByteBufUtil.getBytes(datagram, 16, datagram.readableBytes() - 16));
        openssl.getOutputStream().close();
        byte[] plain = openssl.getInputStream().readAllBytes();
        datagram.release();
        assertThat(openssl.waitFor()).isZero();
        assertThat(HEX.formatHex(plain)).isEqualTo(opus);
    }

    @Test
    void anEarlyHugeSequenceMutesTheSessionAndAHelloEndsThat() {
        VoiceFlow flow = flow(KEY, NONCE);
        assertThat(take(flow, "01000003deadbeef00000000ffffffff000000")).isEqualTo(3);
        assertThat(take(flow, "01000003deadbeef0000000000000002000000")).isNegative();
        assertThat(events)
                .contains(
                        new DeviceEvent.VoiceGap(0xFFFF_FFFEL),
                        new DeviceEvent.VoiceRefused(DatagramRefusal.OLD_SEQUENCE, 2L));
        flow.rekey(new VoiceOffer("voice.test", 8884, KEY, NONCE));
        assertThat(take(flow, "01000003deadbeef0000000000000001000000")).isEqualTo(3);
    }

    @Test
    void before23AnEqualSequencePassesAndSoDoesAnyLength() {
        VoiceFlow flow = new VoiceFlow(Consoles.context("xiaozhi-wifi-2.2", events::add), false);
        assertThat(take(flow, "01000003deadbeef0000000000000001000000")).isEqualTo(3);
        assertThat(take(flow, "01000003deadbeef0000000000000001000000")).isEqualTo(3);
        assertThat(take(flow, "01000009deadbeef0000000000000002000000")).isEqualTo(3);
        assertThat(take(flow, "01000003deadbeef0000000000000001000000")).isNegative();
    }

    @Test
    void whatIsLostLateOrTwiceIsToldWhenTheSocketCloses() {
        VoiceFlow flow = flow(KEY, NONCE);
        for (int sequence : new int[] {1, 2, 5, 4, 5, 4, 6}) { // 3 never comes, 4 comes late, 5 and 4 once more
            take(flow, "01000003deadbeef00000000%08x000000".formatted(sequence));
        }
        flow.closed();
        assertThat(events).last().isInstanceOfSatisfying(DeviceEvent.VoiceClosed.class, closed -> {
            assertThat(closed.received()).isEqualTo(4);
            assertThat(closed.lost()).hasMillis(60);
            assertThat(closed.late()).hasMillis(60);
            assertThat(closed.duplicates()).isEqualTo(2);
            assertThat(closed.longestGap()).hasMillis(120);
            assertThat(closed.mos()).isEqualTo(EModel.mos(4, 2, 1));
        });
    }

    @Test
    void jitterIsSmoothedAsRtpDoes() {
        VoiceMeter meter = new VoiceMeter();
        meter.taken(1, 1000, 0);
        meter.taken(2, 1060, 76_000_000); // 16 ms later than its timestamp says
        assertThat(meter.closed().jitter()).hasMillis(1);
    }

    private static long take(VoiceFlow flow, String hex) {
        return flow.take(Unpooled.wrappedBuffer(HEX.parseHex(hex)));
    }
}
