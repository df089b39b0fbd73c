package io.fieldloop.server.tls;

import io.fieldloop.server.pki.CertificateChain;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a listener speaks TLS.
 *
 * @param versions the versions offered; gaps are honoured
 * @param cipherSuites IANA names in the server's order of preference; empty means many, and the client's order decides. TLS 1.3 has
 *     suites of its own: a list without any of them leaves TLS 1.3 as it is, and the other way round
 * @param byServerName the chain for each server name, compared without case; {@value #DEFAULT_NAME} serves unknown
 *     names and clients that send none
 * @param handshake what it insists on besides
 * @param tickets which sessions are taken up again
 * @param keyLog where session secrets go, or null for nowhere
 */
public record TlsConfig(
        Engine engine,
        Set<TlsVersion> versions,
        List<String> cipherSuites,
        Map<String, CertificateChain> byServerName,
        HandshakeConfig handshake,
        TicketConfig tickets,
        @Nullable KeyLog keyLog) {

    /** The key of the chain that is served when no other name matches. */
    public static final String DEFAULT_NAME = "*";

    public TlsConfig {
        if (versions.isEmpty()) {
            throw new IllegalArgumentException(
                    "A TLS listener needs at least one version out of TLSv1, TLSv1.1, TLSv1.2, TLSv1.3.");
        }
        versions = Collections.unmodifiableSet(EnumSet.copyOf(versions));
        cipherSuites = List.copyOf(cipherSuites);
        for (String suite : cipherSuites) {
            if (CipherSuites.number(suite) == null) {
                throw new IllegalArgumentException(
                        "\"" + suite
                                + "\" is no cipher suite; names are those of IANA, such as TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256.");
            }
        }
        TreeMap<String, CertificateChain> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(byServerName);
        byServerName = Collections.unmodifiableMap(sorted);
        if (!byServerName.containsKey(DEFAULT_NAME)) {
            throw new IllegalArgumentException(
                    "A TLS listener needs a chain named \"*\" for clients that name no host or an unknown one.");
        }
    }

    /** TLS 1.2 and 1.3 with this one chain for every name, on the engine that fits best. */
    public static TlsConfig serving(CertificateChain chain) {
        return new TlsConfig(
                Engine.AUTO,
                EnumSet.of(TlsVersion.TLSv1_2, TlsVersion.TLSv1_3),
                List.of(),
                Map.of(DEFAULT_NAME, chain),
                HandshakeConfig.USUAL,
                TicketConfig.USUAL,
                null);
    }

    public TlsConfig withEngine(Engine other) {
        return new TlsConfig(other, versions, cipherSuites, byServerName, handshake, tickets, keyLog);
    }

    public TlsConfig withVersions(Set<TlsVersion> other) {
        return new TlsConfig(engine, other, cipherSuites, byServerName, handshake, tickets, keyLog);
    }

    public TlsConfig withCipherSuites(List<String> other) {
        return new TlsConfig(engine, versions, other, byServerName, handshake, tickets, keyLog);
    }

    public TlsConfig withByServerName(Map<String, CertificateChain> other) {
        return new TlsConfig(engine, versions, cipherSuites, other, handshake, tickets, keyLog);
    }

    public TlsConfig withHandshake(HandshakeConfig other) {
        return new TlsConfig(engine, versions, cipherSuites, byServerName, other, tickets, keyLog);
    }

    public TlsConfig withTickets(TicketConfig other) {
        return new TlsConfig(engine, versions, cipherSuites, byServerName, handshake, other, keyLog);
    }

    public TlsConfig withKeyLog(@Nullable KeyLog other) {
        return new TlsConfig(engine, versions, cipherSuites, byServerName, handshake, tickets, other);
    }
}
