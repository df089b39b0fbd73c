package io.fieldloop.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.scenario.front.Front;
import io.fieldloop.scenario.front.FrontCatalogue;
import io.fieldloop.scenario.front.FrontChoice;
import io.fieldloop.scenario.front.FrontProcess;
import io.fieldloop.server.ListenerConfig;
import io.fieldloop.server.connection.AdmissionConfig;
import io.fieldloop.server.connection.Cidr;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.CertificateRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MQTT and OTA behind the tunnels of nginx and HAProxy: the gateway knows the device there, too. */
@Tag("fronts")
class OtherProtocolsBehindFrontTest {
    /** CONNECT of MQTT 3.1.1 (section 3.1): clean session, keep alive of a minute, client id "d". */
    private static final byte[] CONNECT =
            HexFormat.of().parseHex("100d" + "00044d515454" + "04" + "02" + "003c" + "000164");

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private @Nullable LoopbackGateway gateway;
    private @Nullable FrontProcess front;

    private void start(String name) {
        Front tunnel = FrontCatalogue.bundled().named(name);
        String missing = tunnel.missing();
        assumeTrue(missing == null, missing);
        LoopbackGateway started = LoopbackGateway.plain(
                config -> config.listener(new ListenerConfig.Mqtt("mqtt", new InetSocketAddress(LOOPBACK, 0), null))
                        .listener(ListenerConfig.ota("ota", new InetSocketAddress(LOOPBACK, 0)))
                        .admission(AdmissionConfig.builder()
                                .trustProxies(List.of(Cidr.parse("127.0.0.1/32")))
                                .build()));
        gateway = started;
        CertificateChain chain = new CertificateAuthority(InstantSource.system(), new SecureRandom())
                .issue(CertificateRequest.of(List.of(Openssl.HOST), Instant.now(), Duration.ofDays(90)));
        front = FrontProcess.start(
                FrontChoice.bundled(tunnel.name(), Front.GOOD),
                LOOPBACK,
                (InetSocketAddress) started.gateway().address("mqtt"),
                (InetSocketAddress) started.gateway().address("ota"),
                Openssl.HOST,
                chain);
    }

    @AfterEach
    void stop() {
        if (front != null) {
            front.close();
        }
        if (gateway != null) {
            gateway.close();
        }
    }

    private byte[] answer(int port, byte[] sent, int length) throws Exception {
        try (Socket device = new Socket(LOOPBACK, port, InetAddress.getByName(FrontBench.DEVICE), 0)) {
            device.getOutputStream().write(sent);
            return device.getInputStream().readNBytes(length);
        }
    }

    private String source() {
        return Objects.requireNonNull(gateway)
                .awaitEvent(GatewayEvent.SourcePassedOn.class)
                .source()
                .getHostAddress();
    }

    private FrontProcess front() {
        return Objects.requireNonNull(front);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx-stream", "haproxy-tcp"})
    void aBrokerIsToldWhoConnects(String tunnel) throws Exception {
        start(tunnel);
        assertThat(answer(front().ws().getPort(), CONNECT, 4)).containsExactly(0x20, 2, 0, 0);
        assertThat(source()).isEqualTo(FrontBench.DEVICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx-stream", "haproxy-tcp"})
    void anOtaServerIsToldWhoAsks(String tunnel) throws Exception {
        start(tunnel);
        byte[] request = ("GET /xiaozhi/ota/ HTTP/1.1\r\nHost: " + Openssl.HOST + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(new String(answer(front().wss().getPort(), request, 9), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 ");
        assertThat(source()).isEqualTo(FrontBench.DEVICE);
    }
}
