package io.fieldloop.scenario.probe;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bouncycastle.tls.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/** Finds out what a server's TLS takes, handshake by handshake. */
final class TlsExamination {
    /** No server has this name (RFC 6761). */
    private static final String UNKNOWN_NAME = "unknown.invalid";

    private final Connector connector;
    private final TrustRoots roots;
    private final Instant now;

    TlsExamination(Connector connector, TrustRoots roots, Instant now) {
        this.connector = connector;
        this.roots = roots;
        this.now = now;
    }

    TlsFinding examine() throws IOException {
        String host = connector.url().host();
        TlsSeen asDevicesDo = connector.shake(TlsOffer.all(host));
        List<TlsFinding.Version> versions = new ArrayList<>();
        for (ProtocolVersion version : Suites.VERSIONS) {
            versions.add(version(version));
        }
        ChainFinding chain = asDevicesDo.chain().isEmpty()
                ? null
                : new ChainExamination(asDevicesDo.chain(), host, roots, now).examine();
        TlsSeen withAlpn = connector.shake(TlsOffer.all(host).withProtocols("h2", "http/1.1"));
        return new TlsFinding(
                versions, chain, names(asDevicesDo), withAlpn.protocol(), DesktopTls.shake(connector, roots));
    }

    /** Takes away what the server chose and asks again, until it finds nothing any more. */
    private TlsFinding.Version version(ProtocolVersion version) throws IOException {
        TlsOffer offer = TlsOffer.all(connector.url().host()).stopping();
        List<Integer> left = new ArrayList<>(Suites.of(version));
        List<String> accepted = new ArrayList<>();
        long began = connector.nanos();
        TlsSeen first = connector.shake(offer.of(version, left));
        Duration elapsed = connector.since(began);
        TlsSeen next = first;
        while (next.accepted() && left.remove(next.suite())) {
            accepted.add(Suites.name(Objects.requireNonNull(next.suite())));
            if (!left.isEmpty()) {
                next = connector.shake(offer.of(version, left));
            }
        }
        return new TlsFinding.Version(
                Suites.name(version),
                !accepted.isEmpty(),
                accepted,
                accepted.isEmpty() ? first.refusal() : null,
                elapsed);
    }

    private List<TlsFinding.ServerName> names(TlsSeen asDevicesDo) throws IOException {
        return List.of(
                name("sent", connector.url().host(), asDevicesDo, asDevicesDo),
                name("absent", null, connector.shake(TlsOffer.all(null)), asDevicesDo),
                name("unknown", UNKNOWN_NAME, connector.shake(TlsOffer.all(UNKNOWN_NAME)), asDevicesDo));
    }

    private static TlsFinding.ServerName name(String what, @Nullable String sent, TlsSeen seen, TlsSeen asDevicesDo) {
        List<X509Certificate> chain = seen.chain();
        return new TlsFinding.ServerName(
                what,
                sent,
                chain.isEmpty() ? null : String.join(", ", CertificateFinding.names(chain.get(0))),
                !chain.isEmpty() && Set.copyOf(chain).equals(Set.copyOf(asDevicesDo.chain())),
                seen.refusal());
    }
}
