package io.fieldloop.scenario.probe;

import io.fieldloop.device.tls.ClientHelloShape;
import io.fieldloop.device.tls.TlsGeneration;
import io.fieldloop.scenario.probe.finding.CertificateFinding;
import io.fieldloop.scenario.probe.finding.ChainFinding;
import io.fieldloop.scenario.probe.finding.TicketFinding;
import io.fieldloop.scenario.probe.finding.TlsFinding;
import io.fieldloop.scenario.probe.wire.Connector;
import io.fieldloop.scenario.probe.wire.Suites;
import io.fieldloop.scenario.probe.wire.TlsOffer;
import io.fieldloop.scenario.probe.wire.TlsSeen;
import io.fieldloop.scenario.probe.wire.UpgradeAsk;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/** Finds out what a server's TLS takes, handshake by handshake. */
final class TlsExamination {
    /** No server has this name (RFC 6761). */
    private static final String UNKNOWN_NAME = "unknown.invalid";

    private final Connector connector;
    private final UpgradeAsk ask;
    private final ClientHelloShape device;
    private final TrustRoots roots;
    private final Instant now;

    /** Sees what {@code device} is shown, and what there is beyond that. */
    TlsExamination(Connector connector, UpgradeAsk ask, ClientHelloShape device, TrustRoots roots, Instant now) {
        this.connector = connector;
        this.ask = ask;
        this.device = device;
        this.roots = roots;
        this.now = now;
    }

    TlsFinding examine() throws IOException {
        String host = connector.url().host();
        TlsOffer offer = TlsOffer.of(device, host);
        TlsSeen asDevicesDo = connector.shake(offer);
        List<String> remarks = new ArrayList<>();
        if (!asDevicesDo.accepted()) {
            if (asDevicesDo.refused()) {
                remarkGroups(offer, remarks);
            }
            offer = TlsOffer.all(host);
            asDevicesDo = connector.shake(offer);
            if (asDevicesDo.refused()) {
                offer = offer.beforeTls13();
                asDevicesDo = connector.shake(offer);
            }
        }
        List<TlsFinding.Version> versions = new ArrayList<>();
        for (ProtocolVersion version : Suites.VERSIONS) {
            versions.add(version(version));
        }
        ChainFinding chain = asDevicesDo.chain().isEmpty()
                ? null
                : new ChainExamination(asDevicesDo.chain(), host, roots, now).examine();
        List<TicketFinding> tickets = new TicketExamination(connector, ask, now)
                .examine(
                        versions.stream()
                                .filter(TlsFinding.Version::accepted)
                                .map(TlsFinding.Version::name)
                                .toList(),
                        chain == null ? 0 : chain.bytes());
        TlsSeen withAlpn = connector.shake(offer.withProtocols("h2", "http/1.1"));
        remark(asDevicesDo, withAlpn, remarks);
        return new TlsFinding(
                versions,
                chain,
                names(offer, asDevicesDo),
                withAlpn.protocol(),
                asDevicesDo.certificateRequested(),
                asDevicesDo.splitMessages(),
                lines(host),
                tickets,
                remarks,
                DesktopTls.shake(connector, roots));
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
                !first.unanswered(),
                accepted,
                accepted.isEmpty() ? first.refusal() : null,
                elapsed);
    }

    private List<TlsFinding.Line> lines(String host) throws IOException {
        Map<TlsOffer, TlsSeen> seen = new HashMap<>();
        List<TlsFinding.Line> lines = new ArrayList<>();
        for (TlsGeneration line : TlsGeneration.all()) {
            TlsOffer offer = TlsOffer.of(line.stock(), host).stopping();
            if (!seen.containsKey(offer)) {
                seen.put(offer, connector.shake(offer));
            }
            TlsSeen answer = Objects.requireNonNull(seen.get(offer));
            lines.add(new TlsFinding.Line(
                    line.name(), !answer.unanswered(), answer.accepted() ? null : answer.refusal()));
        }
        return lines;
    }

    /** Where version and suites agree and there still is no session, it is by a curve or a kind of signature. */
    private void remarkGroups(TlsOffer offer, List<String> remarks) throws IOException {
        TlsOffer withAll = offer.withGroups(Suites.GROUPS).stopping();
        if (!connector.shake(withAll).accepted()) {
            return;
        }
        if (connector.shake(withAll.withGroups(offer.groups())).accepted()) {
            remarks.add(
                    "It signs in no way that stock devices offer; they have ECDSA and RSA PKCS#1 with SHA-256 to SHA-512.");
            return;
        }
        List<String> needed = new ArrayList<>();
        for (Integer group : Suites.GROUPS) {
            List<Integer> others = new ArrayList<>(Suites.GROUPS);
            others.remove(group);
            if (!offer.groups().contains(group)
                    && connector.shake(withAll.withGroups(others)).refused()) {
                needed.add(NamedGroup.getName(group));
            }
        }
        remarks.add((needed.isEmpty()
                        ? "It takes none of the curves that stock devices offer"
                        : "It wants the curve " + String.join(" and ", needed)
                                + ", which stock devices since ESP-IDF 5 do not offer")
                + "; they have P-256, P-384 and P-521.");
    }

    private static void remark(TlsSeen seen, TlsSeen withAlpn, List<String> remarks) {
        if (seen.certificateRequested()) {
            remarks.add("It asks for a client certificate, and stock devices have none: "
                    + (seen.refusal() != null
                            ? "without one it ends with " + seen.refusal() + "."
                            : "whether it goes on without one shows only at the upgrade."));
        }
        if (seen.splitMessages()) {
            remarks.add(
                    "It cuts handshake messages into several records; devices before mbedTLS 3.6.3 stop there with -0x7080.");
        }
        boolean answered = !seen.unanswered() && !withAlpn.unanswered();
        if (answered && (seen.refusal() == null) != (withAlpn.refusal() == null)) {
            remarks.add(
                    seen.refusal() == null
                            ? "With ALPN of h2 and http/1.1, which no device sends, it ends with " + withAlpn.refusal()
                                    + "."
                            : "With ALPN there is a session, and without it, as devices connect, it ends with "
                                    + seen.refusal() + ".");
        }
    }

    private List<TlsFinding.ServerName> names(TlsOffer offer, TlsSeen asDevicesDo) throws IOException {
        return List.of(
                name("sent", connector.url().host(), asDevicesDo, asDevicesDo),
                name("absent", null, connector.shake(offer.withServerName(null)), asDevicesDo),
                name("unknown", UNKNOWN_NAME, connector.shake(offer.withServerName(UNKNOWN_NAME)), asDevicesDo));
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
