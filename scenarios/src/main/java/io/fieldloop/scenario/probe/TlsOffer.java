package io.fieldloop.scenario.probe;

import java.util.List;
import org.bouncycastle.tls.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/**
 * What a ClientHello offers.
 *
 * @param suites in order of preference
 * @param serverName for SNI, or null to send none
 * @param protocols for ALPN; none are sent when empty, as devices do
 * @param stopsAtCertificate whether to hang up as soon as version, suite and chain are known
 */
record TlsOffer(
        List<ProtocolVersion> versions,
        List<Integer> suites,
        @Nullable String serverName,
        List<String> protocols,
        boolean stopsAtCertificate) {
    /** All that Bouncy Castle can, for a whole handshake. */
    static TlsOffer all(@Nullable String serverName) {
        return new TlsOffer(Suites.VERSIONS, Suites.all(), serverName, List.of(), false);
    }

    TlsOffer of(ProtocolVersion version, List<Integer> onlySuites) {
        return new TlsOffer(List.of(version), onlySuites, serverName, protocols, stopsAtCertificate);
    }

    TlsOffer withProtocols(String... names) {
        return new TlsOffer(versions, suites, serverName, List.of(names), stopsAtCertificate);
    }

    TlsOffer stopping() {
        return new TlsOffer(versions, suites, serverName, protocols, true);
    }
}
