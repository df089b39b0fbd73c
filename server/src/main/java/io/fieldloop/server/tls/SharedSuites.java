package io.fieldloop.server.tls;

import java.security.PublicKey;
import java.util.List;

/** Which cipher suites a client and a listener have in common that go with the key of the certificate this client gets. */
final class SharedSuites {
    private final TlsConfig config;
    private final VirtualHosts<String> signatures;

    SharedSuites(TlsConfig config) {
        this.config = config;
        this.signatures = VirtualHosts.of(
                config.byServerName(), chain -> signature(chain.leaf().getPublicKey()));
    }

    private static String signature(PublicKey key) {
        return key.getAlgorithm().equals("RSA") ? "RSA_WITH_" : "ECDSA_WITH_";
    }

    /** Whether there is one; with TLS 1.3, whose suites go with any key, there always is. */
    boolean any(ClientHello hello) {
        if (config.versions().contains(TlsVersion.TLSv1_3) && hello.versions().contains(TlsVersion.TLSv1_3)) {
            return true;
        }
        String signature = signatures.find(hello.serverName());
        List<String> served = config.cipherSuites();
        return hello.cipherSuites().stream()
                .map(CipherSuites::name)
                .anyMatch(suite -> suite.contains(signature) && (served.isEmpty() || served.contains(suite)));
    }
}
