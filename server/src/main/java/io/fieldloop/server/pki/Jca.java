package io.fieldloop.server.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * Certificates and keys as the Java runtime has them, or Bouncy Castle where the runtime does not know the curve.
 *
 * <p>Java 16 dropped all curves but P-256, P-384 and P-521.
 */
final class Jca {
    private Jca() {}

    /** Made when it is first asked: it computes every curve it knows, which takes a second of CPU, and most runs need none of them. */
    private static final class BouncyCastle {
        static final Provider PROVIDER = new BouncyCastleProvider();
    }

    static X509Certificate certificate(X509CertificateHolder holder) throws CertificateException {
        try {
            X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(holder);
            if (certificate.getPublicKey().getFormat() != null) {
                return certificate;
            }
        } catch (CertificateException unknown) {
            // Bouncy Castle tells whether it is a certificate at all.
        }
        return new JcaX509CertificateConverter()
                .setProvider(BouncyCastle.PROVIDER)
                .getCertificate(holder);
    }

    static PrivateKey privateKey(PrivateKeyInfo info) {
        try {
            return new JcaPEMKeyConverter().getPrivateKey(info);
        } catch (IOException unknown) {
            try {
                return new JcaPEMKeyConverter()
                        .setProvider(BouncyCastle.PROVIDER)
                        .getPrivateKey(info);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A signature that verifies is the one test that holds for every kind of key. */
    static boolean belongTogether(PrivateKey key, PublicKey leaf) {
        String signature = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EdDSA", "Ed25519" -> "Ed25519";
            default -> "SHA256withECDSA";
        };
        try {
            return verifies(Signature.getInstance(signature), key, leaf);
        } catch (GeneralSecurityException unknown) {
            try {
                return verifies(Signature.getInstance(signature, BouncyCastle.PROVIDER), key, leaf);
            } catch (GeneralSecurityException e) {
                return false;
            }
        }
    }

    private static boolean verifies(Signature signature, PrivateKey key, PublicKey leaf)
            throws GeneralSecurityException {
        byte[] probe = {1, 2, 3};
        signature.initSign(key);
        signature.update(probe);
        byte[] signed = signature.sign();
        signature.initVerify(leaf);
        signature.update(probe);
        return signature.verify(signed);
    }
}
