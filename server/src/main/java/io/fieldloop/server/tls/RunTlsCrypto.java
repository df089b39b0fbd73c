package io.fieldloop.server.tls;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsECDomain;
import org.bouncycastle.tls.crypto.TlsNonceGenerator;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipher;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipherImpl;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * Bouncy Castle's own cryptography, whose every random byte comes from one source.
 *
 * <p>Two things differ from {@link BcTlsCrypto}. Nonces are not mixed with the time and a counter of the JVM, which would make two runs
 * of one seed differ. AES-GCM, the work of every record, is left to the Java runtime, four times faster than Bouncy Castle's and
 * without a random input; for everything on curves it is the other way round.
 */
final class RunTlsCrypto extends BcTlsCrypto {

    private final SharedArithmetic arithmetic;

    RunTlsCrypto(SecureRandom random, SharedArithmetic arithmetic) {
        super(random);
        this.arithmetic = arithmetic;
    }

    @Override
    public TlsECDomain createECDomain(TlsECConfig config) {
        // X25519 and X448 have arithmetic of their own.
        return NamedGroup.refersToAnXDHCurve(config.getNamedGroup())
                ? super.createECDomain(config)
                : new SharedCurve(this, config, arithmetic);
    }

    @Override
    public TlsSecret hkdfInit(int cryptoHash) {
        return ResumptionSecret.nothing(this, cryptoHash);
    }

    @Override
    public TlsNonceGenerator createNonceGenerator(byte[] additionalSeedMaterial) {
        return super.createNonceGenerator(new byte[0]);
    }

    @Override
    protected TlsAEADCipher createCipher_AES_GCM(TlsCryptoParameters parameters, int keyBytes, int tagBytes)
            throws java.io.IOException {
        return new TlsAEADCipher(
                parameters,
                new AesGcm(Cipher.ENCRYPT_MODE),
                new AesGcm(Cipher.DECRYPT_MODE),
                keyBytes,
                tagBytes,
                TlsAEADCipher.AEAD_GCM,
                null);
    }

    /** AES-GCM of the Java runtime, one record per {@link #doFinal}. */
    private static final class AesGcm implements TlsAEADCipherImpl {
        private final int mode;
        private final Cipher cipher;
        private SecretKeySpec key = new SecretKeySpec(new byte[16], "AES");

        AesGcm(int mode) {
            this.mode = mode;
            try {
                this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java runtime has no AES-GCM", e);
            }
        }

        @Override
        public void setKey(byte[] bytes, int offset, int length) {
            key = new SecretKeySpec(bytes, offset, length, "AES");
        }

        @Override
        public void init(byte[] nonce, int tagBytes) {
            try {
                cipher.init(mode, key, new GCMParameterSpec(tagBytes * Byte.SIZE, nonce));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("AES-GCM refuses a key or nonce of TLS", e);
            }
        }

        @Override
        public int getOutputSize(int inputLength) {
            return cipher.getOutputSize(inputLength);
        }

        @Override
        public int doFinal(
                byte[] additionalData, byte[] input, int inputOffset, int inputLength, byte[] output, int outputOffset)
                throws TlsFatalAlert {
            try {
                if (additionalData != null) {
                    cipher.updateAAD(additionalData);
                }
                return cipher.doFinal(input, inputOffset, inputLength, output, outputOffset);
            } catch (GeneralSecurityException e) {
                throw new TlsFatalAlert(AlertDescription.bad_record_mac, e);
            }
        }
    }
}
