package io.fieldloop.server.pki;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a server proves its name with: a private key and the certificates it sends, leaf first.
 *
 * <p>The list is served as it stands. Order, completeness and even whether the key belongs to the leaf are the scenario's business;
 * only {@link #read} insists on a pair.
 */
public record CertificateChain(PrivateKey key, List<X509Certificate> chain) {

    public CertificateChain {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("A certificate chain needs at least the leaf certificate.");
        }
    }

    /** The server's own certificate. */
    public X509Certificate leaf() {
        return chain.get(0);
    }

    /** Whether the key belongs to the leaf. */
    public boolean isPair() {
        return Jca.belongTogether(key, leaf().getPublicKey());
    }

    /**
     * Reads a chain in PEM, leaf first, and its unencrypted private key in PKCS#8, PKCS#1 or SEC1.
     *
     * @throws CertificateFileException if a file is unreadable, holds something else, or the key does not belong to the leaf
     */
    public static CertificateChain read(Path certificatePem, Path keyPem) {
        return PemFiles.readChain(certificatePem, keyPem);
    }

    /** The certificates in PEM, leaf first, without the key. */
    public String certificatesPem() {
        return PemFiles.pem(chain);
    }

    /** The private key in PEM, PKCS#8, unencrypted. */
    public String keyPem() {
        return PemFiles.pem(key);
    }
}
