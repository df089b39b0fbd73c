package io.fieldloop.server.tls;

import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bouncycastle.tls.NamedGroup;
import org.jspecify.annotations.Nullable;

/**
 * What a listener insists on in a handshake beside version, suite and chain; only Bouncy Castle does any of it.
 *
 * @param groups the groups it shares keys in, by IANA name; empty for all it has. A TLS 1.3 client that lists one and has not begun with it
 *     is asked once more (HelloRetryRequest)
 * @param prefersPss whether its RSA key signs with PSS in TLS 1.2 for a client that takes it, as OpenSSL's does, and not with PKCS#1 v1.5; where neither is insisted
 *     on, BoringSSL goes by the client's order
 * @param protocols what it speaks behind TLS (ALPN), in order of preference; empty ignores what a client asks for
 * @param clientAuthorities who may have issued the client's certificate, which then has to hold today, too; empty for anybody
 */
public record HandshakeConfig(
        List<String> groups,
        boolean prefersPss,
        List<String> protocols,
        ClientCertificates clientCertificates,
        List<X509Certificate> clientAuthorities) {

    /** What becomes of the client's certificate. */
    public enum ClientCertificates {
        /** Not asked for. */
        NONE,
        /** A client without one is welcome; one that is not for clients (no clientAuth), or not of an authority, is refused. */
        ASKED,
        /** The same, and a client without one is refused. */
        REQUIRED
    }

    /** Insists on nothing. */
    public static final HandshakeConfig USUAL =
            new HandshakeConfig(List.of(), false, List.of(), ClientCertificates.NONE, List.of());

    private static final Map<String, Integer> GROUPS = groupNumbers();

    public HandshakeConfig {
        groups = List.copyOf(groups);
        protocols = List.copyOf(protocols);
        clientAuthorities = List.copyOf(clientAuthorities);
        for (String group : groups) {
            if (groupNumber(group) == null) {
                throw new IllegalArgumentException(
                        "\"" + group + "\" is no group of TLS that is known here; there are " + groupNames() + ".");
            }
        }
    }

    /** The usual, for clients with a certificate of one of these authorities only. */
    public static HandshakeConfig requiringClients(List<X509Certificate> authorities) {
        return new HandshakeConfig(List.of(), false, List.of(), ClientCertificates.REQUIRED, authorities);
    }

    /** The names of all groups that can be asked for. */
    public static List<String> groupNames() {
        return List.copyOf(GROUPS.keySet());
    }

    static @Nullable Integer groupNumber(String name) {
        return GROUPS.get(name);
    }

    /** The Brainpool curves, X25519 and X448, NIST's, those of RFC 7919 and the hybrids with ML-KEM. */
    private static Map<String, Integer> groupNumbers() {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        IntStream.concat(
                        IntStream.rangeClosed(NamedGroup.secp224r1, NamedGroup.x448),
                        IntStream.concat(
                                IntStream.rangeClosed(NamedGroup.ffdhe2048, NamedGroup.ffdhe8192),
                                IntStream.rangeClosed(NamedGroup.SecP256r1MLKEM768, NamedGroup.SecP384r1MLKEM1024)))
                .forEach(number -> numbers.put(NamedGroup.getName(number), number));
        return numbers;
    }
}
