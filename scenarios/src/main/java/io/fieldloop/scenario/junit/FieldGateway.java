package io.fieldloop.scenario.junit;

import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.server.Gateway;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.ListenerConfig;
import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateRequest;
import io.fieldloop.server.tls.TlsConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The reference gateway on a free port of loopback, for clients of one's own; its certificate is minted for it.
 *
 * <p>Lane {@code gateway} of the journal.
 */
@OwnsWallClock("its certificate is for clients of the real world")
public final class FieldGateway implements FieldPart {
    private static final String NAME = "gateway";
    private static final Duration CERTIFICATE_VALID = Duration.ofDays(90);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String scheme;
    private final List<FaultAction> faults = new ArrayList<>();
    private final CertificateAuthority authority = new CertificateAuthority(InstantSource.system(), new SecureRandom());
    private UnaryOperator<GatewayConfig.Builder> settings = UnaryOperator.identity();
    private @Nullable Gateway gateway;

    private FieldGateway(String scheme) {
        this.scheme = scheme;
    }

    /** A gateway without TLS. */
    public static FieldGateway ws() {
        return new FieldGateway("ws");
    }

    /** A gateway with TLS 1.2 and 1.3, for {@code localhost} and {@code 127.0.0.1}. */
    public static FieldGateway wss() {
        return new FieldGateway("wss");
    }

    /** A broker for any MQTT client, and for devices that say hello on it; their voice has a port of its own. */
    public static FieldGateway mqtt() {
        return new FieldGateway("mqtt");
    }

    /** The same inside TLS 1.2 and 1.3. */
    public static FieldGateway mqtts() {
        return new FieldGateway("mqtts");
    }

    /** Bends every connection by these faults; server/README.md lists them. */
    public FieldGateway bentBy(FaultAction... actions) {
        faults.addAll(List.of(actions));
        return this;
    }

    /** Anything else a gateway can be told. */
    public FieldGateway with(UnaryOperator<GatewayConfig.Builder> change) {
        settings = change;
        return this;
    }

    @Override
    public FieldGateway start(FieldRun run) {
        GatewayConfig.Builder config = GatewayConfig.builder();
        listeners(run).forEach(config::listener);
        for (FaultAction fault : faults) {
            config.fault(Fault.always(fault));
            run.asksFor(fault);
        }
        gateway = Gateway.start(
                        settings.apply(config).build(),
                        run.stage()
                                .gatewayRuntime(channel -> ((InetSocketAddress) channel.remoteAddress()).getAddress()),
                        run.wiring())
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        return this;
    }

    private List<ListenerConfig> listeners(FieldRun run) {
        SocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return switch (scheme) {
            case "ws" -> List.of(ListenerConfig.plain(NAME, anyPort));
            case "wss" -> List.of(ListenerConfig.secure(NAME, anyPort, tls(run)));
            default ->
                List.of(
                        new ListenerConfig.Mqtt(NAME, anyPort, scheme.equals("mqtts") ? tls(run) : null),
                        new ListenerConfig.Voice("voice", anyPort));
        };
    }

    private TlsConfig tls(FieldRun run) {
        CertificateRequest request = CertificateRequest.of(
                List.of("localhost", "127.0.0.1"), run.stage().clock().instant(), CERTIFICATE_VALID);
        return TlsConfig.serving(authority.issue(request))
                .withKeyLog(run.captures().keyLog());
    }

    /** What a device has as its server, or a client as its broker. */
    public String url() {
        int port = ((InetSocketAddress) started().address(NAME)).getPort();
        return scheme + "://localhost:" + port + (scheme.startsWith("ws") ? GatewayConfig.PATH : "");
    }

    /** What a client must trust that checks the certificate. */
    public X509Certificate root() {
        return authority.root();
    }

    /** The running gateway: its sessions, its refusals, other faults from now on. */
    public Gateway started() {
        return Objects.requireNonNull(gateway, "The gateway has not been started; put @StartStop on its field.");
    }

    @Override
    public void close() {
        if (gateway != null) {
            gateway.stop()
                    .completeOnTimeout(null, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
    }
}
