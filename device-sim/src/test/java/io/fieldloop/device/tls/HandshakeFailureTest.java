package io.fieldloop.device.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.FailureReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the device logs when the handshake does not come to its end, byte for byte against a scripted peer. */
class HandshakeFailureTest {

    private static final String SERVER_RANDOM = "00".repeat(32);

    private RecordingDevice device = new RecordingDevice();
    private EmbeddedChannel channel = connected(TlsRig.config());

    private EmbeddedChannel connected(TlsRig rig) {
        return new EmbeddedChannel(new DeviceTlsHandler(rig.build()), device);
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
    @ValueSource(ints = {1, 3, 1000})
    void plainHttpAnswerIsNotTls(int pieceBytes) {
        dropOutbound();
        byte[] answer = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < answer.length && channel.isOpen(); at += pieceBytes) {
            channel.writeInbound(Unpooled.copiedBuffer(answer, at, Math.min(pieceBytes, answer.length - at)));
        }

        assertFailed(FailureReason.TLS_NOT_TLS, "-0x7200");
        assertThat(device.failure().alertSent()).isNull();
        assertThat(channel.outboundMessages()).as("mbedTLS sends no alert").isEmpty();
        assertThat(channel.isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "160303", "16030300"})
    void finInTheHandshakeIsEof(String before) {
        feed(before);
        channel.close();

        assertThat(device.failures).as("a close of our own is no failure").isEmpty();

        reconnect(TlsRig.config());
        feed(before);
        channel.pipeline().fireChannelInactive();
        assertFailed(FailureReason.TLS_EOF, "-0x7280");
    }

    @Test
    void resetInTheHandshake() {
        channel.pipeline().fireExceptionCaught(new SocketException("Connection reset"));
        channel.pipeline().fireChannelInactive();

        assertFailed(FailureReason.TCP_RESET, "-0x0050");
    }

    @ParameterizedTest
    @CsvSource({
        "40, handshake-failure",
        "70, protocol-version",
        "112, unrecognized-name",
        "48, peer-alert",
        "80, peer-alert",
        "10, peer-alert"
    })
    void fatalAlertOfThePeer(int alert, String reason) {
        feed("15 0303 0002 02 " + HexFormat.of().toHexDigits((byte) alert));

        assertFailed(FailureReason.named(reason), "-0x7780");
        assertThat(device.failure().alertReceived()).isEqualTo(alert);
        assertThat(device.failure().alertSent()).isNull();
    }

    @Test
    void warningAboutTheNameIsIgnored() {
        feed("15 0303 0002 01 70");

        assertThat(device.failures).isEmpty();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void closeNotifyInTheHandshake() {
        feed("15 0303 0002 01 00");

        assertFailed(FailureReason.TLS_EOF, "-0x7880");
        assertThat(device.failure().alertReceived()).isZero();
    }

    @Test
    void serverPicksAnOlderVersion() {
        feed(serverHello("0301", "c02b"));

        assertFailed(FailureReason.PROTOCOL_VERSION, "-0x6E80");
        assertThat(device.failure().alertSent()).isEqualTo(70);
        assertThat(alertRecord()).isEqualTo("1503030002" + "0246");
    }

    @Test
    void serverPicksASuiteThatWasNotOffered() {
        feed(serverHello("0303", "0033"));

        assertFailed(FailureReason.HANDSHAKE_FAILURE, "-0x6600");
        assertThat(device.failure().alertSent()).isEqualTo(47);
    }

    @Test
    void truncatedServerHelloDoesNotDecode() {
        feed("16 0303 0008 02 000004 0303 0000");

        assertFailed(FailureReason.HANDSHAKE_FAILURE, "-0x7300");
        assertThat(device.failure().alertSent()).isEqualTo(50);
    }

    @Test
    void serverHelloDoneInsteadOfServerHelloIsUnexpected() {
        feed("16 0303 0004 0e 000000");

        assertFailed(FailureReason.HANDSHAKE_FAILURE, "-0x7700");
        assertThat(device.failure().alertSent()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"true, -0x7200", "false, -0x7100"})
    void recordThatTheInputBufferHasNoRoomForIsInvalidOrBadInput(boolean dynamicBuffers, String code) {
        reconnect(TlsRig.config()
                .heap(HeapBudget.espIdf(160_000).withRecordBytes(4096, 4096).withDynamicBuffers(dynamicBuffers)));
        feed("16 0303 1141"); // 321 bytes more

        assertFailed(FailureReason.HANDSHAKE_FAILURE, code);
    }

    @Test
    void olderMbedTlsDoesNotJoinHandshakeFragments() {
        String first = "16 0303 0006 02 000046 0303";

        feed(first);
        assertThat(device.failures).as("mbedTLS 3.6.3").isEmpty();

        reconnect(TlsRig.config().shape(ClientHelloShape.ESP_IDF_4));
        feed(first);
        assertFailed(FailureReason.HANDSHAKE_FAILURE, "-0x7080");
    }

    @Test
    void noMbedTlsReadsARecordThatCutsTheHeaderOfAMessage() {
        feed("16 0303 0003 02 0000");

        assertFailed(FailureReason.HANDSHAKE_FAILURE, "-0x7200");
        assertThat(device.failure().alertSent()).isNull();
    }

    @Test
    void joinedMessageHasToFitTheInputBuffer() {
        feed("16 0303 0006 0b 00413d 0000");

        assertFailed(FailureReason.HANDSHAKE_FAILURE, "-0x7100");
    }

    @Test
    void noHeapForTheRecordBuffersSendsNothing() {
        HeapBudget tight = HeapBudget.espIdf(20_000).withDynamicBuffers(false);
        reconnect(TlsRig.config().heap(tight));

        assertFailed(FailureReason.HEAP_EXHAUSTED, "-0x7F00");
        assertThat(channel.outboundMessages()).isEmpty();
    }

    @Test
    void noHeapForTheChainSendsInternalError() {
        reconnect(TlsRig.config().heap(HeapBudget.espIdf(16_000)));
        TestPki pki = new TestPki(1);
        LockstepServer server = new LockstepServer(pki.ecLeaf(TestPki.HOST, TestPki.valid()), ProtocolVersion.TLSv12);
        server.exchange(channel);

        assertFailed(FailureReason.HEAP_EXHAUSTED, "-0x7F00");
        assertThat(server.alertsReceived).containsExactly(80);
    }

    @Test
    void aFailureIsToldOnceWhateverFollows() {
        feed("15 0303 0002 02 46" + "15 0303 0002 02 28" + "ffff");
        channel.close();

        assertThat(device.failures).hasSize(1);
        assertThat(device.failure().alertReceived()).isEqualTo(70);
    }

    private void assertFailed(FailureReason reason, String code) {
        assertThat(device.failure().reason()).isEqualTo(reason);
        assertThat(device.failure().code()).isEqualTo(code);
        assertThat(device.failure().text()).isNotBlank();
        assertThat(device.events).isEmpty();
    }

    private static String serverHello(String version, String suite) {
        return "16 0303 002a" // handshake record
                + "02 000026" // ServerHello
                + version
                + SERVER_RANDOM
                + "00" // no session
                + suite
                + "00"; // no compression, no extensions
    }

    private void feed(String hex) {
        dropOutbound();
        if (!hex.isEmpty()) {
            channel.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", ""))));
        }
    }

    private String alertRecord() {
        ByteBuf alert = channel.readOutbound();
        byte[] bytes = io.netty.buffer.ByteBufUtil.getBytes(alert);
        alert.release();
        return HexFormat.of().formatHex(bytes);
    }

    private void dropOutbound() {
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            out.release();
        }
    }
}
