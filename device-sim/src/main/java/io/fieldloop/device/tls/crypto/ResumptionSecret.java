package io.fieldloop.device.tls.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.tls.crypto.TlsCryptoUtils;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsSecret;

/**
 * The pre-shared key of a TLS 1.3 session to take up again.
 *
 * <p>Bouncy Castle 1.84 knows external keys only; theirs differ in nothing but the label of the binder (RFC 8446 7.1), which is put right where
 * the early secret is expanded.
 */
public final class ResumptionSecret extends BcTlsSecret {
    private static final byte[] EXTERNAL = "tls13 ext binder".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RESUMPTION = "tls13 res binder".getBytes(StandardCharsets.US_ASCII);

    /** A HkdfLabel begins with two bytes for the length and one for that of the label. */
    private static final int LABEL_AT = 3;

    public ResumptionSecret(BcTlsCrypto crypto, byte[] key) {
        super(crypto, key);
    }

    /** What a key schedule begins with. */
    static TlsSecret nothing(BcTlsCrypto crypto, int cryptoHash) {
        return new Nothing(crypto, new byte[TlsCryptoUtils.getHashOutputSize(cryptoHash)]);
    }

    private static final class Nothing extends BcTlsSecret {
        Nothing(BcTlsCrypto crypto, byte[] zeros) {
            super(crypto, zeros);
        }

        @Override
        public synchronized TlsSecret hkdfExtract(int cryptoHash, TlsSecret key) {
            TlsSecret early = super.hkdfExtract(cryptoHash, key);
            return key instanceof ResumptionSecret ? new Early(crypto, early.extract()) : early;
        }
    }

    private static final class Early extends BcTlsSecret {
        Early(BcTlsCrypto crypto, byte[] secret) {
            super(crypto, secret);
        }

        @Override
        public synchronized TlsSecret hkdfExpand(int cryptoHash, byte[] label, int length) {
            byte[] right = label.clone();
            if (Arrays.equals(label, LABEL_AT, LABEL_AT + EXTERNAL.length, EXTERNAL, 0, EXTERNAL.length)) {
                System.arraycopy(RESUMPTION, 0, right, LABEL_AT, RESUMPTION.length);
            }
            return super.hkdfExpand(cryptoHash, right, length);
        }
    }
}
