package io.fieldloop.oracle;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.scenario.front.Front;
import io.fieldloop.scenario.front.FrontChoice;
import io.fieldloop.scenario.front.FrontProcess;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.ListenerConfig;
import io.fieldloop.server.connection.AdmissionConfig;
import io.fieldloop.server.connection.Cidr;
import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.CertificateRequest;
import io.fieldloop.server.tls.TlsConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Our gateway, a front before it in one of its configurations, and devices that come from {@link #DEVICE} and trust both. */
final class FrontBench implements AutoCloseable {
    /** An address of its own, so that a device is no front. */
    static final String DEVICE = "127.0.0.9";

    private static final int HTTPS_PORT = 443;

    private final CertificateAuthority authority = new CertificateAuthority(InstantSource.system(), new SecureRandom());
    private final CertificateChain chain = authority.issue(CertificateRequest.of(
            List.of(Openssl.HOST), Instant.now().minus(Duration.ofHours(1)), Duration.ofDays(90)));

    private final LoopbackGateway gateway;
    private final FrontProcess process;

    FrontBench(Front front, String configuration) {
        gateway = LoopbackGateway.plain(config -> LoopbackGateway.forgiving(config)
                .listener(ListenerConfig.secure(
                        "wss", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), TlsConfig.serving(chain)))
                .admission(AdmissionConfig.builder()
                        .trustProxies(List.of(Cidr.parse("127.0.0.1/32")))
                        .build()));
        try {
            process = FrontProcess.start(
                    FrontChoice.bundled(front.name(), configuration),
                    InetAddress.getLoopbackAddress(),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()),
                    (InetSocketAddress) gateway.gateway().address("wss"),
                    Openssl.HOST,
                    chain);
        } catch (RuntimeException notUp) {
            gateway.close();
            throw notUp;
        }
    }

    LoopbackGateway gateway() {
        return gateway;
    }

    /** Varnish has no TLS, and stunnel nothing else. */
    static List<String> schemes(Front front) {
        return switch (front.name()) {
            case "varnish" -> List.of("ws");
            case "stunnel" -> List.of("wss");
            default -> List.of("ws", "wss");
        };
    }

    /** Where it takes ws:// connections. */
    int wsPort() {
        return process.ws().getPort();
    }

    LoopbackDevice device(String profile, String scheme) {
        DeviceConfig config = DeviceConfig.of(
                        "door", DeviceProfile.named(profile), scheme + "://" + Openssl.HOST + GatewayConfig.PATH)
                .withTrustAnchors(List.of(authority.root()));
        // The URL's port, because some follow a redirect to the other one.
        return new LoopbackDevice(
                config,
                new InetSocketAddress(DEVICE, 0),
                nominalPort -> nominalPort == HTTPS_PORT
                        ? process.wss().getPort()
                        : process.ws().getPort());
    }

    @Override
    public void close() {
        process.close();
        gateway.close();
    }
}
