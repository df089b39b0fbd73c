package io.fieldloop.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.scenario.front.Front;
import io.fieldloop.scenario.front.FrontCatalogue;
import io.fieldloop.scenario.front.FrontChoice;
import io.fieldloop.scenario.front.FrontProcess;
import io.fieldloop.scenario.rig.socket.LoopbackStage;
import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.CertificateRequest;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each program takes a connection to {@code ::1} and speaks for it to a gateway at {@code 127.0.0.1}. */
@Tag("fronts")
class FrontsAtIpv6Test {
    private static final String REQUEST = """
            GET /xiaozhi/v1/ HTTP/1.1
            Host: gateway.test
            User-Agent: a
            Accept: */*
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

            """.replace("\n", "\r\n");

    private static final String ENDS_TLS_ONLY = "stunnel";

    static Stream<String> programs() {
        return FrontCatalogue.bundled().names().stream();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void leadsToTheGateway(String name) throws Exception {
        assumeTrue(LoopbackStage.hasIpv6(), "This machine has no IPv6 on its loopback.");
        Front front = FrontCatalogue.bundled().named(name);
        String missing = front.missing();
        assumeTrue(missing == null, missing);
        CertificateChain chain = new CertificateAuthority(InstantSource.system(), new SecureRandom())
                .issue(CertificateRequest.of(List.of(Openssl.HOST), Instant.now(), Duration.ofDays(90)));
        try (ServerSocket gateway = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            InetSocketAddress behind = (InetSocketAddress) gateway.getLocalSocketAddress();
            gateway.setSoTimeout(10_000);
            try (FrontProcess process = FrontProcess.start(
                            FrontChoice.bundled(name, Front.GOOD),
                            NetUtil.LOCALHOST6,
                            behind,
                            behind,
                            Openssl.HOST,
                            chain);
                    Socket device = name.equals(ENDS_TLS_ONLY) ? tls(process.wss()) : tcp(process.ws())) {
                device.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
                try (Socket arrived = gateway.accept()) {
                    arrived.setSoTimeout(10_000);
                    assertThat(arrived.getInputStream().read()).isPositive();
                }
            }
        }
    }

    private static Socket tcp(InetSocketAddress place) throws IOException {
        return new Socket(place.getAddress(), place.getPort());
    }

    private static Socket tls(InetSocketAddress place) throws Exception {
        SSLContext anybody = SSLContext.getInstance("TLS");
        anybody.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        return anybody.getSocketFactory().createSocket(place.getAddress(), place.getPort());
    }
}
