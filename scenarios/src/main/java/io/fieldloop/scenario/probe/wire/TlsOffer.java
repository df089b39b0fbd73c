package io.fieldloop.scenario.probe.wire;

import io.fieldloop.device.tls.ClientHelloShape;
import java.util.List;
import org.bouncycastle.tls.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/**
 * What a ClientHello offers.
 *
 * @param suites in order of preference
 * @param groups for supported_groups, in order
 * @param signatures schemes for signature_algorithms, in order
 * @param serverName for SNI, or null to send none
 * @param protocols for ALPN; none are sent when empty, as devices do
 * @param stopsAtCertificate whether to hang up as soon as version, suite and chain are known
 */
public record TlsOffer(
        List<ProtocolVersion> versions,
        List<Integer> suites,
        List<Integer> groups,
        List<Integer> signatures,
        @Nullable String serverName,
        List<String> protocols,
        boolean stopsAtCertificate) {
    /** All that Bouncy Castle can, for a whole handshake. */
    public static TlsOffer all(@Nullable String serverName) {
        return new TlsOffer(
                Suites.VERSIONS, Suites.all(), Suites.GROUPS, Suites.SIGNATURES, serverName, List.of(), false);
    }

    /** What a kind of device offers. */
    public static TlsOffer of(ClientHelloShape device, String serverName) {
        return new TlsOffer(
                device.versions().stream().map(Suites::version).toList(),
                device.cipherSuites(),
                device.groups(),
                device.signatureSchemes(),
                serverName,
                List.of(),
                false);
    }

    public TlsOffer of(ProtocolVersion version, List<Integer> onlySuites) {
        return new TlsOffer(
                List.of(version), onlySuites, groups, signatures, serverName, protocols, stopsAtCertificate);
    }

    /** The same in older versions: a server whose key has no signature in TLS 1.3 ends what offers both, as OpenSSL does. */
    public TlsOffer beforeTls13() {
        List<ProtocolVersion> older = versions.stream()
                .filter(version -> !version.equals(ProtocolVersion.TLSv13))
                .toList();
        return new TlsOffer(older, suites, groups, signatures, serverName, protocols, stopsAtCertificate);
    }

    public TlsOffer withGroups(List<Integer> only) {
        return new TlsOffer(versions, suites, only, Suites.SIGNATURES, serverName, protocols, stopsAtCertificate);
    }

    public TlsOffer withServerName(@Nullable String name) {
        return new TlsOffer(versions, suites, groups, signatures, name, protocols, stopsAtCertificate);
    }

    public TlsOffer withProtocols(String... names) {
        return new TlsOffer(versions, suites, groups, signatures, serverName, List.of(names), stopsAtCertificate);
    }

    public TlsOffer stopping() {
        return new TlsOffer(versions, suites, groups, signatures, serverName, protocols, true);
    }
}
