package io.fieldloop.scenario.probe;

import io.fieldloop.device.websocket.Identity;
import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.scenario.probe.finding.ChainFinding;
import io.fieldloop.scenario.probe.wire.ServerUrl;
import io.fieldloop.server.Gateway;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.GatewayRuntime;
import io.fieldloop.server.ListenerConfig;
import io.fieldloop.server.connection.AdmissionConfig;
import io.fieldloop.server.connection.Cidr;
import io.fieldloop.server.connection.LimitsConfig;
import io.fieldloop.server.connection.Rate;
import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.CertificateRequest;
import io.fieldloop.server.pki.Defect;
import io.fieldloop.server.pki.KeyKind;
import io.fieldloop.server.session.SessionConfig;
import io.fieldloop.server.tls.TlsConfig;
import io.fieldloop.server.tls.TlsVersion;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A gateway on loopback that can be wrong in one way, and an examiner in a hurry. */
@OwnsWallClock("gateway and examiner meet on real sockets")
final class ExaminedGateway implements AutoCloseable {
    static final String NAME = "gateway.test";
    private static final Set<TlsVersion> BOTH = Set.of(TlsVersion.TLSv1_2, TlsVersion.TLSv1_3);
    private static final Duration PING_EVERY = Duration.ofMillis(300);

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final CertificateAuthority authority = new CertificateAuthority(InstantSource.system(), new SecureRandom());
    private final Gateway gateway;

    private ExaminedGateway(
            Defect defect, Set<TlsVersion> versions, AdmissionConfig.Builder admission, List<FaultAction> faults) {
        this(defect, KeyKind.P256, versions, admission, faults);
    }

    private ExaminedGateway(
            Defect defect,
            KeyKind key,
            Set<TlsVersion> versions,
            AdmissionConfig.Builder admission,
            List<FaultAction> faults) {
        InstantSource clock = InstantSource.system();
        CertificateChain chain = authority.issue(
                CertificateRequest.of(List.of(NAME), clock.instant().minus(Duration.ofDays(30)), Duration.ofDays(90))
                        .withKeyKind(key)
                        .withDefect(defect));
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        GatewayConfig.Builder config = GatewayConfig.builder()
                .listener(ListenerConfig.plain("ws", anyPort))
                .listener(ListenerConfig.secure(
                        "wss", anyPort, TlsConfig.serving(chain).withVersions(versions)))
                .admission(admission.build())
                .limits(LimitsConfig.builder()
                        .refusalsPerSource(new Rate(10_000, Duration.ofSeconds(1)))
                        .build())
                .session(SessionConfig.builder()
                        .ping(new SessionConfig.Ping(PING_EVERY, Duration.ofSeconds(5)))
                        .build());
        faults.forEach(fault -> config.fault(Fault.always(fault)));
        gateway = Gateway.start(config.build(), GatewayRuntime.onSockets(loops), event -> {})
                .join();
    }

    static ExaminedGateway sound(FaultAction... faults) {
        return new ExaminedGateway(Defect.NONE, BOTH, AdmissionConfig.builder(), List.of(faults));
    }

    static ExaminedGateway withCertificate(Defect defect) {
        return new ExaminedGateway(defect, BOTH, AdmissionConfig.builder(), List.of());
    }

    static ExaminedGateway withKey(KeyKind key) {
        return new ExaminedGateway(Defect.NONE, key, BOTH, AdmissionConfig.builder(), List.of());
    }

    static ExaminedGateway speakingOnly(TlsVersion version) {
        return new ExaminedGateway(Defect.NONE, Set.of(version), AdmissionConfig.builder(), List.of());
    }

    static ExaminedGateway askingForTokens() {
        return new ExaminedGateway(Defect.NONE, BOTH, AdmissionConfig.builder().requireToken("key"), List.of());
    }

    /** Says 403 to whatever comes from here. */
    static ExaminedGateway denyingThisAddress() {
        return new ExaminedGateway(
                Defect.NONE, BOTH, AdmissionConfig.builder().deny(List.of(Cidr.parse("127.0.0.0/8"))), List.of());
    }

    Examination examineWss(String... profiles) {
        return examine(
                "wss://" + NAME + ":" + port("wss") + GatewayConfig.PATH,
                new TrustRoots("the run's root", List.of(authority.root())),
                profiles);
    }

    Examination examineWs(String... profiles) {
        return examine(
                "ws://" + NAME + ":" + port("ws") + GatewayConfig.PATH, new TrustRoots("no root", List.of()), profiles);
    }

    /** Over as soon as the hello is there. */
    Examination examineUnwatched() {
        String url = "ws://" + NAME + ":" + port("ws") + GatewayConfig.PATH;
        List<InetAddress> here = List.of(InetAddress.getLoopbackAddress());
        return examine(url, here, new TrustRoots("no root", List.of()), Duration.ZERO, "xiaozhi-wifi");
    }

    /** Only the certificates, as examined with the run's root. */
    ChainFinding examineChain() {
        return Objects.requireNonNull(Objects.requireNonNull(examineWss().tls()).chain());
    }

    int plainPort() {
        return port("ws");
    }

    private int port(String listener) {
        return ((InetSocketAddress) gateway.address(listener)).getPort();
    }

    /** Whoever listens on loopback, under the name the certificates of these tests have. */
    static Examination examine(String url, TrustRoots roots, String... profiles) {
        return examine(url, List.of(InetAddress.getLoopbackAddress()), roots, profiles);
    }

    static Examination examine(String url, List<InetAddress> at, TrustRoots roots, String... profiles) {
        return examine(url, at, roots, PING_EVERY.multipliedBy(7), profiles);
    }

    private static Examination examine(
            String url, List<InetAddress> at, TrustRoots roots, Duration watch, String... profiles) {
        ExamineSettings settings = new ExamineSettings(
                ServerUrl.parse(url),
                at,
                roots,
                new Identity(null, "0b7a8f1e-1111-4222-8333-444455556666", "02:00:00:00:00:01", 1),
                List.of(profiles),
                watch,
                1000);
        try (ServerExaminer examiner = new ServerExaminer(
                settings, InstantSource.system(), System::nanoTime, new SecureRandom(), what -> {})) {
            return examiner.examine();
        }
    }

    @Override
    public void close() {
        gateway.stop().completeOnTimeout(null, 5, TimeUnit.SECONDS).join();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
