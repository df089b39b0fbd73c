package io.fieldloop.device.tls.crypto;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsECDomain;
import org.bouncycastle.tls.crypto.TlsNonceGenerator;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipher;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * Bouncy Castle's own crypto with nothing in it but the injected chance, and the JDK's AES-GCM for speed.
 *
 * <p>Its nonce generator mixes {@code System.nanoTime} and a JVM-wide counter into every hello random, which no seed
 * can repeat; this one does not.
 */
public final class DeviceTlsCrypto extends BcTlsCrypto {

    private final SharedArithmetic arithmetic;
    private final boolean takesPssInTls12;

    public DeviceTlsCrypto(SecureRandom random, SharedArithmetic arithmetic, boolean takesPssInTls12) {
        super(random);
        this.arithmetic = arithmetic;
        this.takesPssInTls12 = takesPssInTls12;
    }

    @Override
    public TlsECDomain createECDomain(TlsECConfig config) {
        // X25519 and X448 have arithmetic of their own.
        return NamedGroup.refersToAnXDHCurve(config.getNamedGroup())
                ? super.createECDomain(config)
                : new SharedCurve(this, config, arithmetic);
    }

    @Override
    public TlsCertificate createCertificate(short type, byte[] encoding) throws IOException {
        return type == CertificateType.X509
                ? SharedCertificate.of(this, encoding, arithmetic, takesPssInTls12)
                : super.createCertificate(type, encoding);
    }

    @Override
    protected TlsAEADCipher createCipher_AES_GCM(TlsCryptoParameters parameters, int keyBytes, int tagBytes)
            throws IOException {
        return new TlsAEADCipher(
                parameters,
                PlatformGcm.encrypting(),
                PlatformGcm.decrypting(),
                keyBytes,
                tagBytes,
                TlsAEADCipher.AEAD_GCM,
                null);
    }

    @Override
    public TlsSecret hkdfInit(int cryptoHash) {
        return ResumptionSecret.nothing(this, cryptoHash);
    }

    @Override
    public TlsNonceGenerator createNonceGenerator(byte[] additionalSeedMaterial) {
        return size -> {
            byte[] nonce = new byte[size];
            getSecureRandom().nextBytes(nonce);
            return nonce;
        };
    }
}
