package io.fieldloop.device.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ClientHelloTest {

    private static final int RANDOM_AT = 11; // record header 5, handshake header 4, version 2
    private static final int RANDOM_BYTES = 32;

    @Test
    void idf5HelloIsTheCapturedRecordExceptForTheRandom() throws IOException {
        byte[] captured = vector();
        byte[] hello = hello(ClientHelloShape.ESP_IDF_5);

        assertThat(hex(withoutRandom(hello))).isEqualTo(hex(withoutRandom(captured)));
    }

    @Test
    void idf5HelloHasTheMeasuredFingerprint() throws Exception {
        String measured = "4cc952a330e1b7a062ce14713d4037e9";

        assertThat(ja3(vector())).as("captured").isEqualTo(measured);
        assertThat(ja3(hello(ClientHelloShape.ESP_IDF_5))).as("sent").isEqualTo(measured);
    }

    @Test
    void idf5RandomShowsTheDeviceClock() throws IOException {
        byte[] hello = hello(ClientHelloShape.ESP_IDF_5);

        assertThat(clock(hello)).isEqualTo(TestPki.NOW);
        assertThat(clock(vector())).as("the captured device had just booted").isBefore("2000-01-01T00:01:00Z");
    }

    @Test
    void idf4HelloOffers49SuitesAndSha1() throws IOException {
        byte[] hello = hello(ClientHelloShape.ESP_IDF_4);
        List<Integer> suites = suites(hello);

        assertThat(suites).hasSize(49).contains(0x0039, 0x0033).doesNotHaveDuplicates();
        assertThat(hex(hello)).contains("000d0016" + "0014" + "06030601050305010403040103030301" + "02030201");
    }

    @Test
    void modemNamesNoServerUnlessTold() throws IOException {
        String name = hex(TestPki.HOST.getBytes(StandardCharsets.US_ASCII));

        assertThat(hex(hello(ClientHelloShape.MODEM_ML307))).doesNotContain(name);
        assertThat(hex(hello(ClientHelloShape.MODEM_ML307.withServerName(true))))
                .contains(name);
    }

    @Test
    void desktopOffersTls13() throws IOException {
        assertThat(hex(hello(ClientHelloShape.DESKTOP))).contains("002b0005" + "04" + "03040303");
    }

    private static byte[] hello(ClientHelloShape shape) {
        EmbeddedChannel channel = new EmbeddedChannel(
                new DeviceTlsHandler(TlsRig.config().shape(shape).build()));
        ByteBuf hello = channel.readOutbound();
        byte[] bytes = ByteBufUtil.getBytes(hello);
        hello.release();
        channel.close();
        return bytes;
    }

    private static Instant clock(byte[] hello) {
        return Instant.ofEpochSecond(number(hello, RANDOM_AT, 4));
    }

    private static byte[] withoutRandom(byte[] hello) {
        byte[] copy = hello.clone();
        Arrays.fill(copy, RANDOM_AT, RANDOM_AT + RANDOM_BYTES, (byte) 0);
        return copy;
    }

    private static byte[] vector() throws IOException {
        try (InputStream in = ClientHelloTest.class.getResourceAsStream("clienthello-esp-idf-5.4.hex")) {
            assertThat(in).isNotNull();
            return HexFormat.of()
                    .parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", ""));
        }
    }

    private static List<Integer> suites(byte[] hello) {
        int at = RANDOM_AT + RANDOM_BYTES;
        at += 1 + hello[at];
        return numbers(hello, at + 2, (int) number(hello, at, 2), 2);
    }

    /** md5 of version,suites,extensions,groups,formats. */
    private static String ja3(byte[] hello) throws Exception {
        int at = RANDOM_AT + RANDOM_BYTES;
        at += 1 + hello[at];
        at += 2 + (int) number(hello, at, 2);
        at += 1 + hello[at];
        int end = at + 2 + (int) number(hello, at, 2);
        List<Integer> extensions = new ArrayList<>();
        List<Integer> groups = List.of();
        List<Integer> formats = List.of();
        for (at += 2; at < end; at += 4 + (int) number(hello, at + 2, 2)) {
            int type = (int) number(hello, at, 2);
            extensions.add(type);
            if (type == 10) {
                groups = numbers(hello, at + 6, (int) number(hello, at + 4, 2), 2);
            } else if (type == 11) {
                formats = numbers(hello, at + 5, hello[at + 4], 1);
            }
        }
        String text = String.join(
                ",",
                Long.toString(number(hello, RANDOM_AT - 2, 2)),
                dashed(suites(hello)),
                dashed(extensions),
                dashed(groups),
                dashed(formats));
        return hex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String dashed(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining("-"));
    }

    private static List<Integer> numbers(byte[] bytes, int at, int length, int width) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = at; i < at + length; i += width) {
            numbers.add((int) number(bytes, i, width));
        }
        return numbers;
    }

    private static long number(byte[] bytes, int at, int width) {
        long number = 0;
        for (int i = at; i < at + width; i++) {
            number = number << 8 | (bytes[i] & 0xFF);
        }
        return number;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
