package io.fieldloop.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.fault.TlsFault;
import io.fieldloop.server.fault.TlsFault.HandshakeMessage;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.KeyKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The seeded engine and what stands before it, without sockets. */
final class BcTlsHandlerTest {
    private final RecordingObserver observer = new RecordingObserver();
    private EmbeddedChannel channel = new EmbeddedChannel();

    @AfterEach
    void nothingEscapes() {
        channel.checkException();
        channel.finishAndReleaseAll();
    }

    private EmbeddedChannel server(KeyKind kind, FaultAction... faults) {
        return server(Fixtures.chain(kind), faults);
    }

    private EmbeddedChannel server(CertificateChain chain, FaultAction... faults) {
        TlsConfig config = TlsConfig.serving(chain).withVersions(Set.of(TlsVersion.values()));
        TlsAcceptor acceptor =
                new TlsAcceptor(config, Fixtures.random(2), true, SharedArithmetic.none(), Fixtures.CLOCK);
        channel = new EmbeddedChannel(acceptor.newHandler(List.of(faults), observer), new Echo());
        return channel;
    }

    static byte[] espClientHello() {
        try (InputStream hex = BcTlsHandlerTest.class.getResourceAsStream("/vectors/clienthello-esp-idf-5.4.hex")) {
            String text = new String(hex.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] outbound() {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            all.writeBytes(next);
            next.release();
        }
        return ByteBufUtil.getBytes(all);
    }

    static Stream<Arguments> versionsAndKeys() {
        return Stream.of(TlsVersion.values())
                .flatMap(version -> Stream.of(KeyKind.values()).map(kind -> Arguments.of(version, kind)));
    }

    @ParameterizedTest
    @MethodSource("versionsAndKeys")
    void sameSeedSaysTheSameBytesInAWholeConversation(TlsVersion version, KeyKind kind) {
        byte[] first = conversation(version, kind);
        byte[] second = conversation(version, kind);

        assertThat(first).isEqualTo(second);
    }

    private byte[] conversation(TlsVersion version, KeyKind kind) {
        SeededClient client = new SeededClient(server(kind), version, SeededClient.Settings.USUAL);
        client.send("ping");
        assertThat(client.received()).isEqualTo("ping");
        client.close();
        assertThat(channel.isOpen()).isFalse();
        assertThat(observer.told).last().asString().startsWith("established " + version);
        return client.transcript.toByteArray();
    }

    @Test
    void answersTheClientHelloOfAnEsp32AsAnOpensslServerWould() {
        server(KeyKind.P256).writeInbound(Unpooled.wrappedBuffer(espClientHello()));

        byte[] flight = outbound();
        assertThat(flight).startsWith(0x16, 0x03, 0x03); // handshake record, TLS 1.2
        assertThat(flight[5]).as("ServerHello").isEqualTo((byte) 2);
        int suiteAt = 5 + 4 + 2 + 32 + 1; // headers, version, random, empty session id
        assertThat(new byte[] {flight[suiteAt], flight[suiteAt + 1]})
                .as("ECDHE-ECDSA-AES256-GCM-SHA384, the first of the device's suites that the key can serve")
                .containsExactly(0xC0, 0x2C);
    }

    @Test
    void readsAClientHelloThatArrivesByteByByte() {
        server(KeyKind.P256);
        byte[] hello = espClientHello();
        for (int i = 0; i < hello.length - 1; i++) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {hello[i]}));
        }
        assertThat(outbound()).isEmpty();

        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {hello[hello.length - 1]}));

        assertThat(outbound()).startsWith(0x16, 0x03, 0x03);
    }

    @Test
    void readsAClientHelloThatIsCutIntoRecords() {
        server(KeyKind.P256);
        byte[] message = java.util.Arrays.copyOfRange(espClientHello(), 5, espClientHello().length);
        ByteBuf records = Unpooled.buffer();
        for (int at = 0; at < message.length; at += 100) {
            int length = Math.min(100, message.length - at);
            records.writeByte(0x16).writeShort(0x0303).writeShort(length).writeBytes(message, at, length);
        }

        channel.writeInbound(records);

        assertThat(outbound()).startsWith(0x16, 0x03, 0x03);
    }

    @ParameterizedTest
    @EnumSource(names = {"TLSv1_2", "TLSv1_3"})
    void honoursTheFragmentLengthAClientAsksFor(TlsVersion version) {
        SeededClient client = new SeededClient(server(KeyKind.RSA_2048), version, new SeededClient.Settings(1, -1));
        client.send("x".repeat(2000));

        assertThat(client.received()).hasSize(2000);
        assertThat(client.largestRecordBytes())
                .as("512 bytes and what encryption adds")
                .isBetween(512, 560);
    }

    @ParameterizedTest
    @MethodSource("versionsAndKeys")
    void tellsTheAlertOfAClientThatDislikesTheCertificate(TlsVersion version, KeyKind kind) {
        new SeededClient(server(kind), version, new SeededClient.Settings(-1, 45));

        assertThat(observer.told).containsExactly("failed tls-alert-received sent null received 45");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void carriesMoreThanOneRecordHolds() {
        SeededClient client = new SeededClient(server(KeyKind.P256), TlsVersion.TLSv1_3, SeededClient.Settings.USUAL);
        String large = "0123456789abcdef".repeat(10_000);

        client.send(large);

        assertThat(client.received()).isEqualTo(large);
    }

    @Test
    void saysFarewellWhenTheGatewayCloses() {
        SeededClient client = new SeededClient(server(KeyKind.P256), TlsVersion.TLSv1_2, SeededClient.Settings.USUAL);

        channel.close();
        client.pump();

        assertThat(client.closed()).isTrue();
        assertThat(observer.told).hasSize(1).first().asString().startsWith("established");
    }

    @Test
    void writesNothingInPlainTextBeforeTheHandshakeIsOver() {
        server(KeyKind.P256);

        assertThat(channel.writeAndFlush(Unpooled.copiedBuffer("secret", StandardCharsets.US_ASCII))
                        .isSuccess())
                .isFalse();
        channel.writeInbound(Unpooled.wrappedBuffer(espClientHello()));
        outbound();
        assertThat(channel.writeAndFlush(Unpooled.copiedBuffer("secret", StandardCharsets.US_ASCII))
                        .isSuccess())
                .isFalse();
        assertThat(outbound()).isEmpty();
    }

    @Test
    void reportsAVersionMismatchWithBothSides() {
        CertificateChain chain = Fixtures.chain(KeyKind.P256);
        TlsConfig config = TlsConfig.serving(chain).withVersions(Set.of(TlsVersion.TLSv1_3));
        channel = new EmbeddedChannel(
                new TlsAcceptor(config, Fixtures.random(2), true, SharedArithmetic.none(), Fixtures.CLOCK)
                        .newHandler(List.of(), observer));

        channel.writeInbound(Unpooled.wrappedBuffer(espClientHello()));

        assertThat(observer.told).containsExactly("failed tls-version sent 70 received null");
        assertThat(observer.failures.get(0).text())
                .isEqualTo("The client offers [TLSv1, TLSv1.1, TLSv1.2] and the listener serves [TLSv1.3].");
        assertThat(outbound()).containsExactly(0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 70);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void honoursAGapInTheVersions() {
        CertificateChain chain = Fixtures.chain(KeyKind.P256);
        TlsConfig config = TlsConfig.serving(chain).withVersions(Set.of(TlsVersion.TLSv1, TlsVersion.TLSv1_2));
        TlsAcceptor acceptor =
                new TlsAcceptor(config, Fixtures.random(2), false, SharedArithmetic.none(), Fixtures.CLOCK);
        channel = new EmbeddedChannel(acceptor.newHandler(List.of(), observer), new Echo());
        new SeededClient(channel, TlsVersion.TLSv1_1, SeededClient.Settings.USUAL);

        // Before TLS 1.3 a client cannot say that it speaks 1.1 and not 1.0, so it is answered 1.0 and refuses that.
        assertThat(observer.told).containsExactly("failed tls-alert-received sent null received 70");
    }

    @Test
    void callsGarbageGarbage() {
        server(KeyKind.P256).writeInbound(Unpooled.copiedBuffer("GET / HTTP/1.1\r\n", StandardCharsets.US_ASCII));

        assertThat(observer.told).containsExactly("failed tls-garbage sent null received null");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void callsAnEarlyEndEof() {
        server(KeyKind.P256).writeInbound(Unpooled.wrappedBuffer(espClientHello(), 0, 50));
        channel.unsafe().close(channel.unsafe().voidPromise());
        channel.runPendingTasks();

        assertThat(observer.told).containsExactly("failed eof sent null received null");
    }

    @Test
    void callsAnEndAfterTheServerHelloEof() {
        server(KeyKind.P256).writeInbound(Unpooled.wrappedBuffer(espClientHello()));
        channel.unsafe().close(channel.unsafe().voidPromise());
        channel.runPendingTasks();

        assertThat(observer.told).containsExactly("failed eof sent null received null");
    }

    @Test
    void saysNothingWhenTheListenersOwnDeadlineCloses() {
        server(KeyKind.P256).writeInbound(Unpooled.wrappedBuffer(espClientHello()));
        channel.close();
        channel.runPendingTasks();

        assertThat(observer.told).isEmpty();
    }

    @Test
    void survivesAThousandDamagedClientHellos() {
        long seed = 20260301;
        Random random = new Random(seed);
        CertificateChain chain = Fixtures.chain(KeyKind.P256);
        TlsAcceptor acceptor = new TlsAcceptor(
                TlsConfig.serving(chain), Fixtures.random(2), true, SharedArithmetic.none(), Fixtures.CLOCK);
        for (int i = 0; i < 1000; i++) {
            byte[] hello = espClientHello();
            for (int damage = random.nextInt(1, 4); damage > 0; damage--) {
                hello[random.nextInt(hello.length)] = (byte) random.nextInt();
            }
            RecordingObserver told = new RecordingObserver();
            EmbeddedChannel victim = new EmbeddedChannel(acceptor.newHandler(List.of(), told));

            victim.writeInbound(Unpooled.wrappedBuffer(hello));

            victim.checkException();
            assertThat(told.told.size())
                    .as("seed %d, hello %d: told %s", seed, i, told.told)
                    .isEqualTo(victim.isOpen() ? 0 : 1);
            victim.finishAndReleaseAll();
        }
    }

    @Test
    void stallTlsTakesTheHelloAndAnswersNothing() {
        server(KeyKind.P256, new TlsFault.StallTls()).writeInbound(Unpooled.wrappedBuffer(espClientHello()));

        assertThat(outbound()).isEmpty();
        assertThat(channel.isOpen()).isTrue();
        assertThat(observer.told).containsExactly("fault stall-tls");

        channel.unsafe().close(channel.unsafe().voidPromise());
        channel.runPendingTasks();
        assertThat(observer.told).containsExactly("fault stall-tls", "failed eof sent null received null");
    }

    @Test
    void sendAlertAnswersTheHelloWithIt() {
        server(KeyKind.P256, new TlsFault.SendAlert(112)).writeInbound(Unpooled.wrappedBuffer(espClientHello()));

        assertThat(outbound()).containsExactly(0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 112);
        assertThat(channel.isOpen()).isFalse();
        assertThat(observer.told).containsExactly("fault send-alert");
    }

    @Test
    void aDelayAndWhatComesBehindItBothAct() {
        EmbeddedChannel late =
                server(KeyKind.P256, new TlsFault.SendAlert(80), new TlsFault.DelayTls(Duration.ofSeconds(1)));
        late.freezeTime();
        late.writeInbound(Unpooled.wrappedBuffer(espClientHello()));
        late.advanceTimeBy(999, TimeUnit.MILLISECONDS);
        late.runScheduledPendingTasks();
        assertThat(outbound()).isEmpty();
        late.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        late.runScheduledPendingTasks();

        assertThat(outbound()).containsExactly(0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 80);
        assertThat(observer.told).containsExactly("fault delay-tls", "fault send-alert");
    }

    @Test
    void closeInTlsAndResetInTlsAnswerNothingAndClose() {
        for (FaultAction fault : List.of(new TlsFault.CloseInTls(), new TlsFault.ResetInTls())) {
            observer.told.clear();
            server(KeyKind.P256, fault).writeInbound(Unpooled.wrappedBuffer(espClientHello()));

            assertThat(outbound()).isEmpty();
            assertThat(channel.isOpen()).isFalse();
            assertThat(observer.told).containsExactly("fault " + fault.wireName());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SERVER_HELLO, ''",
        "CERTIFICATE, 2",
        "SERVER_KEY_EXCHANGE, 2 11",
        "SERVER_HELLO_DONE, 2 11 12",
        "CHANGE_CIPHER_SPEC, 2 11 12 14",
        "FINISHED, 2 11 12 14"
    })
    void sendsItsHandshakeUpToTheMessageOfTheFault(HandshakeMessage at, String messages) {
        server(KeyKind.P256, new TlsFault.StallAtMessage(at)).writeInbound(Unpooled.wrappedBuffer(espClientHello()));

        assertThat(handshakeMessages(outbound())).isEqualTo(messages);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void cutsBetweenChangeCipherSpecAndFinished() {
        server(KeyKind.P256, new TlsFault.CloseAtMessage(HandshakeMessage.FINISHED));
        SeededClient client = new SeededClient(channel, TlsVersion.TLSv1_2, SeededClient.Settings.USUAL);

        assertThat(client.transcript.toByteArray()).endsWith(20, 3, 3, 0, 1, 1);
        assertThat(channel.isOpen()).isFalse();
        assertThat(observer.told).endsWith("fault close-at-message");
    }

    @Test
    void sendsAnAlertWhereAMessageBelongs() {
        server(KeyKind.P256, new TlsFault.AlertAtMessage(HandshakeMessage.CERTIFICATE, 80))
                .writeInbound(Unpooled.wrappedBuffer(espClientHello()));

        assertThat(outbound()).endsWith(0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 80);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void cutsEachMessageIntoSmallRecords() {
        server(KeyKind.P256, new TlsFault.FragmentHandshake(64)).writeInbound(Unpooled.wrappedBuffer(espClientHello()));

        ByteBuf sent = Unpooled.wrappedBuffer(outbound());
        List<Integer> lengths = new ArrayList<>();
        ByteBuf joined = Unpooled.buffer().writeByte(22).writeShort(0x0303).writeShort(0);
        while (sent.isReadable()) {
            lengths.add(sent.getUnsignedShort(sent.readerIndex() + 3));
            joined.writeBytes(sent.skipBytes(5), lengths.get(lengths.size() - 1));
        }
        joined.setShort(3, joined.readableBytes() - 5);
        assertThat(lengths).contains(64).allMatch(length -> length <= 64).endsWith(4); // server_hello_done
        assertThat(handshakeMessages(ByteBufUtil.getBytes(joined))).isEqualTo("2 11 12 14");
        assertThat(observer.told).containsExactly("fault fragment-handshake");
    }

    @Test
    void cutsNothingThatFitsOneRecord() {
        server(KeyKind.P256, new TlsFault.FragmentHandshake(16384))
                .writeInbound(Unpooled.wrappedBuffer(espClientHello()));

        assertThat(handshakeMessages(outbound())).isEqualTo("2 11 12 14");
        assertThat(observer.told).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cutsMessagesUpToTheOneOfAnotherFault(boolean fragmentFirst) {
        FaultAction fragment = new TlsFault.FragmentHandshake(64);
        FaultAction stall = new TlsFault.StallAtMessage(HandshakeMessage.SERVER_HELLO_DONE);
        server(KeyKind.P256, fragmentFirst ? fragment : stall, fragmentFirst ? stall : fragment)
                .writeInbound(Unpooled.wrappedBuffer(espClientHello()));

        assertThat(ByteBufUtil.hexDump(outbound())).contains("1603030040").doesNotContain("16030300040e000000");
        assertThat(observer.told).containsExactlyInAnyOrder("fault fragment-handshake", "fault stall-at-message");
    }

    @Test
    void answersInPlainText() {
        server(KeyKind.P256, new TlsFault.AnswerPlainText("HTTP/1.1 400 Bad Request\r\n\r\n"))
                .writeInbound(Unpooled.wrappedBuffer(espClientHello()));

        assertThat(outbound()).startsWith("HTTP/1.1".getBytes(StandardCharsets.US_ASCII));
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void asksForRenegotiationAndLivesWithTheRefusal() {
        server(KeyKind.P256);
        SeededClient client = new SeededClient(channel, TlsVersion.TLSv1_2, SeededClient.Settings.USUAL);
        channel.pipeline().fireUserEventTriggered(TlsRequest.RENEGOTIATION);
        client.pump();

        client.send("still there");
        client.pump();
        assertThat(client.received()).isEqualTo("still there");
    }

    @Test
    void changesItsKeysAndIsUnderstood() {
        server(KeyKind.P256);
        SeededClient client = new SeededClient(channel, TlsVersion.TLSv1_3, SeededClient.Settings.USUAL);
        channel.pipeline().fireUserEventTriggered(TlsRequest.KEY_UPDATE);
        client.pump();

        client.send("still there");
        client.pump();
        assertThat(client.received()).isEqualTo("still there");
    }

    /** The types of the plain handshake messages in these records, each of which begins with one. */
    private static String handshakeMessages(byte[] records) {
        List<String> types = new ArrayList<>();
        ByteBuf bytes = Unpooled.wrappedBuffer(records);
        while (bytes.isReadable()) {
            int type = bytes.readUnsignedByte();
            ByteBuf content = bytes.skipBytes(2).readSlice(bytes.readUnsignedShort());
            while (type == 22 && content.isReadable()) {
                types.add(Integer.toString(content.readUnsignedByte()));
                content.skipBytes(content.readUnsignedMedium());
            }
        }
        return String.join(" ", types);
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ctx.writeAndFlush(message);
        }
    }
}
