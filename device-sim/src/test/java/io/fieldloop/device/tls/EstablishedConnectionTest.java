package io.fieldloop.device.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.FailureReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection in use: data in any pieces, record sizes, ends of every kind, and the same bytes for the same seed. */
class EstablishedConnectionTest {

    private static final TestPki PKI = new TestPki(1);
    private static final TestPki.Chain CHAIN = PKI.ecLeaf(TestPki.HOST, TestPki.valid());

    private RecordingDevice device = new RecordingDevice();
    private LockstepServer server = new LockstepServer(CHAIN, ProtocolVersion.TLSv12);
    private EmbeddedChannel channel = connected(TlsRig.config());

    private EmbeddedChannel connected(TlsRig rig) {
        return new EmbeddedChannel(new DeviceTlsHandler(rig.trusts(PKI.root()).build()), device);
    }

    private void reconnect(TlsRig rig) {
        channel.finishAndReleaseAll();
        device = new RecordingDevice();
        channel = connected(rig);
    }

    @AfterEach
    void nothingLeaks() {
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1448, 1_000_000})
    void carriesDataWhateverTheFragmentation(int pieceBytes) {
        server.exchange(channel, pieceBytes);
        channel.writeOutbound(text("GET / HTTP/1.1\r\n"));
        server.exchange(channel, pieceBytes);
        byte[] answer = "x".repeat(40_000).getBytes(StandardCharsets.US_ASCII);
        server.send(answer);
        server.exchange(channel, pieceBytes);

        assertThat(server.received.toString(StandardCharsets.US_ASCII)).isEqualTo("GET / HTTP/1.1\r\n");
        assertThat(device.received.toByteArray()).isEqualTo(answer);
        assertThat(device.failures).isEmpty();
    }

    @Test
    void tellsVersionAndSuiteByTheirIanaNames() {
        server.exchange(channel);

        assertThat(device.events).singleElement().isInstanceOfSatisfying(TlsEstablished.class, established -> {
            assertThat(established.version()).isEqualTo("TLSv1.2");
            assertThat(established.suite()).startsWith("TLS_ECDHE_ECDSA_WITH_AES_");
            assertThat(established.elapsed().isNegative()).isFalse();
        });
    }

    @Test
    void desktopSpeaksTls13() {
        server = new LockstepServer(CHAIN, ProtocolVersion.TLSv13);
        reconnect(TlsRig.config().shape(ClientHelloShape.DESKTOP));
        server.exchange(channel);
        channel.writeOutbound(text("ping"));
        server.exchange(channel);

        assertThat(device.events).singleElement().isInstanceOfSatisfying(TlsEstablished.class, established -> {
            assertThat(established.version()).isEqualTo("TLSv1.3");
            assertThat(established.suite()).isEqualTo("TLS_AES_256_GCM_SHA384");
        });
        assertThat(server.received.toString(StandardCharsets.US_ASCII)).isEqualTo("ping");
    }

    @Test
    void idf4StillSpeaksTls10() {
        server = new LockstepServer(CHAIN, ProtocolVersion.TLSv10);
        server.withCipherSuites(0xC009);
        reconnect(TlsRig.config().shape(ClientHelloShape.ESP_IDF_4));
        server.exchange(channel);

        assertThat(device.events)
                .singleElement()
                .isInstanceOfSatisfying(
                        TlsEstablished.class,
                        established -> assertThat(established.version()).isEqualTo("TLSv1"));
    }

    @Test
    void longWritesLeaveInRecordsOf4096() {
        server.exchange(channel);
        channel.writeOutbound(Unpooled.wrappedBuffer(new byte[10_000]));
        ByteBuf records = channel.readOutbound();

        List<Integer> lengths = new ArrayList<>();
        for (int at = 0; at < records.readableBytes(); at += 5 + records.getUnsignedShort(at + 3)) {
            lengths.add(records.getUnsignedShort(at + 3) - 24); // explicit nonce 8, tag 16
        }
        records.release();
        assertThat(lengths).containsExactly(4096, 4096, 1808);
    }

    @Test
    void writesBeforeTheHandshakeWaitForIt() {
        ChannelFuture early = channel.writeAndFlush(text("early"));

        assertThat(early.isDone()).isFalse();
        server.exchange(channel);
        assertThat(early.isSuccess()).isTrue();
        assertThat(server.received.toString(StandardCharsets.US_ASCII)).isEqualTo("early");
    }

    @Test
    void writesThatWaitedFailWithTheHandshake() {
        ChannelFuture early = channel.writeAndFlush(text("early"));
        channel.pipeline().fireExceptionCaught(new SocketException("Connection reset"));

        assertThat(early.cause()).isInstanceOf(DeviceTlsException.class);
        assertThat(channel.writeAndFlush(text("late")).isSuccess()).isFalse();
    }

    @Test
    void closeNotifyOfThePeerIsAnOrderlyEnd() {
        server.exchange(channel);
        server.send(new byte[] {1, 2, 3});
        server.closeNotify();
        server.exchange(channel);

        assertThat(device.received.toByteArray()).containsExactly(1, 2, 3);
        assertThat(device.events).last().isEqualTo(new TlsClosed(true));
        assertThat(device.failures).isEmpty();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void finIsAnOrderlyEndToo() {
        server.exchange(channel);
        channel.pipeline().fireChannelInactive();

        assertThat(device.events).last().isEqualTo(new TlsClosed(false));
        assertThat(device.failures).isEmpty();
    }

    @Test
    void resetIsALostConnection() {
        server.exchange(channel);
        channel.pipeline().fireExceptionCaught(new SocketException("Connection reset"));

        assertThat(device.failure().reason()).isEqualTo(FailureReason.CONNECTION_LOST);
        assertThat(device.failure().code()).isEqualTo("-0x0050");
    }

    @Test
    void corruptedRecordIsALostConnection() {
        server.exchange(channel);
        server.send(new byte[100]);
        byte[] record = server.output();
        record[record.length - 1] ^= 1;
        channel.writeInbound(Unpooled.wrappedBuffer(record));

        assertThat(device.failure().reason()).isEqualTo(FailureReason.CONNECTION_LOST);
        assertThat(device.failure().code()).isEqualTo("-0x7180");
        assertThat(device.failure().alertSent()).isEqualTo(20);
    }

    @Test
    void garbageAfterGoodDataDeliversTheDataFirst() {
        server.exchange(channel);
        server.send(new byte[] {9});
        channel.writeInbound(
                Unpooled.wrappedBuffer(Unpooled.wrappedBuffer(server.output()), text("HTTP/1.1 502 Bad Gateway")));

        assertThat(device.received.toByteArray()).containsExactly(9);
        assertThat(device.failure().code()).isEqualTo("-0x7200");
        assertThat(device.failure().reason()).isEqualTo(FailureReason.CONNECTION_LOST);
    }

    @Test
    void espTlsDropsTheSocketWhereADesktopSaysGoodbye() {
        server.exchange(channel);
        channel.close();
        server.exchange(channel);
        assertThat(server.alertsReceived).isEmpty();

        server = new LockstepServer(CHAIN, ProtocolVersion.TLSv12);
        reconnect(TlsRig.config().shape(ClientHelloShape.DESKTOP));
        server.exchange(channel);
        channel.close();
        server.exchange(channel);
        assertThat(server.alertsReceived).containsExactly(0);
    }

    @Test
    void sameSeedSameBytes() {
        assertThat(conversation(7)).isEqualTo(conversation(7)).isNotEqualTo(conversation(8));
    }

    private static String conversation(long seed) {
        LockstepServer peer = new LockstepServer(CHAIN, ProtocolVersion.TLSv12);
        EmbeddedChannel wire = new EmbeddedChannel(new DeviceTlsHandler(
                TlsRig.config().trusts(PKI.root()).seed(seed).build()));
        wire.writeOneOutbound(text("hello"));
        StringBuilder transcript = new StringBuilder();
        for (ByteBuf out = wire.readOutbound(); out != null; out = wire.readOutbound()) {
            byte[] bytes = ByteBufUtil.getBytes(out);
            out.release();
            transcript.append(HexFormat.of().formatHex(bytes));
            peer.take(bytes);
            byte[] answer = peer.output();
            transcript.append(HexFormat.of().formatHex(answer));
            wire.writeInbound(Unpooled.wrappedBuffer(answer));
        }
        wire.finishAndReleaseAll();
        return transcript.toString();
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }
}
