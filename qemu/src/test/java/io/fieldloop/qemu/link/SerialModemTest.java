package io.fieldloop.qemu.link;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.modem.ModemSettings;
import io.fieldloop.device.modem.grammar.ModemKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Frames of a machine's second UART, and the frames that a session's packets become. */
class SerialModemTest {

    private static final String MAC = "020000000001";
    private static final String GATEWAY = "52550a000202";

    private final MockTicker ticker = Ticker.newMockTicker();
    private final EmbeddedChannel clockwork =
            EmbeddedChannel.builder().ticker(ticker).build();
    private final List<String> toFirmware = new ArrayList<>();
    private final List<String> toNetwork = new ArrayList<>();
    private SerialModem modem = modem("ppp");

    private SerialModem modem(String kind) {
        return new SerialModem(
                clockwork.eventLoop(),
                new ModemSettings(ModemKind.named(kind), 921_600, 115_200, Map.of(), List.of(), List.of()),
                (host, port) -> null,
                frame -> toFirmware.add(text(frame)),
                frame -> toNetwork.add(hex(frame)),
                (fault, on) -> {});
    }

    private static String text(ByteBuf frame) {
        String bytes = frame.toString(20, frame.getUnsignedShort(18), ISO_8859_1);
        frame.release();
        return bytes;
    }

    private static String hex(ByteBuf frame) {
        String hex = ByteBufUtil.hexDump(frame);
        frame.release();
        return hex;
    }

    @AfterEach
    void close() {
        modem.losePower();
        clockwork.finishAndReleaseAll();
    }

    private boolean types(String bytes, int baud) {
        boolean taken = modem.takes(Unpooled.buffer()
                .writeBytes(ByteBufUtil.decodeHexDump("ffffffffffff" + MAC + "88b5"))
                .writeInt(baud)
                .writeShort(bytes.length())
                .writeBytes(bytes.getBytes(ISO_8859_1))
                .writeZero(40));
        for (int millis = 0; millis < 20; millis++) {
            ticker.advance(1, TimeUnit.MILLISECONDS);
            clockwork.runScheduledPendingTasks();
        }
        return taken;
    }

    @Test
    void answersAtItsOwnSpeedOnly() {
        modem.powerUp();

        assertThat(types("AT\r\n", 115_200)).isTrue();
        assertThat(toFirmware).containsExactly("\r\nOK\r\n");
        toFirmware.clear();
        assertThat(types("AT\r\n", 921_600)).isTrue();
        assertThat(toFirmware).isEmpty();
    }

    @Test
    void leavesOtherFramesAlone() {
        ByteBuf ethernet =
                Unpooled.copiedBuffer(ByteBufUtil.decodeHexDump("ffffffffffff" + MAC + "0800" + "00".repeat(46)));
        assertThat(modem.takes(ethernet)).isFalse();
        assertThat(ethernet.release()).isTrue();
    }

    @Test
    void hasTheAddressOfTheMachineThatDialled() {
        modem.powerUp();
        types("ATD*99#\r", 115_200);
        assertThat(toFirmware.get(0)).isEqualTo("\r\nCONNECT 115200\r\n");

        String asker = "0a000202";
        modem.deliver(Unpooled.copiedBuffer(ByteBufUtil.decodeHexDump("ffffffffffff" + GATEWAY + "0806"
                + "0001080006040001" + GATEWAY + asker + "000000000000" + "0a00020f" + "00".repeat(18))));
        assertThat(toNetwork)
                .containsExactly(GATEWAY + MAC + "0806" + "0001080006040002" + MAC + "0a00020f" + GATEWAY + asker
                        + "00".repeat(18));
    }

    /** Headers are length, sequence and type, check; 04 is AT, 00 Ethernet. */
    @Test
    void aNetworkCardsFramesPassAsTheyAre() {
        modem = modem("nt26-eth");
        modem.powerUp();
        types("\u0004\u0000\u0004\u000bAT\r\n", 115_200);
        assertThat(toFirmware).containsExactly("\u0006\u0000\u0004\u0009\r\nOK\r\n");
        types("\u000c\u0010\u0000\u001fSPIC\u0002\u0004\u000c\u0000\u0000\u0000\u0000\u0000", 115_200);
        assertThat(toFirmware).last().isEqualTo("\u0006\u0010\u0000\u0015SPIC\u0001\u0080");

        types("\u0003\u0010\u0000\u0010abc", 115_200);
        assertThat(toNetwork).containsExactly("616263");
        modem.deliver(Unpooled.copiedBuffer("xyz", ISO_8859_1));
        types("", 115_200);
        assertThat(toFirmware).last().isEqualTo("\u0003 \u0000 xyz");
    }
}
