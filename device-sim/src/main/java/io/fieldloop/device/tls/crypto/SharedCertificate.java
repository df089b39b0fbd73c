package io.fieldloop.device.tls.crypto;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DigitallySigned;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.Tls13Verifier;
import org.bouncycastle.tls.crypto.TlsHash;
import org.bouncycastle.tls.crypto.TlsStreamVerifier;
import org.bouncycastle.tls.crypto.TlsVerifier;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.jspecify.annotations.Nullable;

/** A server's certificate whose key checks the signatures of handshakes by {@link SharedArithmetic}. */
final class SharedCertificate extends BcTlsCertificate {
    private final ByteBuffer encoded;
    private final SharedArithmetic arithmetic;
    private final boolean takesPssInTls12;

    private SharedCertificate(DeviceTlsCrypto crypto, Read read, SharedArithmetic arithmetic, boolean takesPssInTls12) {
        super(crypto, read.certificate());
        this.encoded = read.encoded();
        this.arithmetic = arithmetic;
        this.takesPssInTls12 = takesPssInTls12;
    }

    static SharedCertificate of(
            DeviceTlsCrypto crypto, byte[] encoded, SharedArithmetic arithmetic, boolean takesPssInTls12)
            throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        Read read = arithmetic.result(
                Read.class, List.of("certificate", bytes), () -> new Read(bytes, parseCertificate(encoded)));
        return new SharedCertificate(crypto, read, arithmetic, takesPssInTls12);
    }

    /** A connection keeps its server's certificate as long as it is open: thousands of devices keep one together. */
    private record Read(ByteBuffer encoded, Certificate certificate) {}

    /** For TLS 1.2, where the signature algorithm is a short. */
    @Override
    public TlsVerifier createVerifier(short algorithm) throws IOException {
        if (!takesPssInTls12 && SignatureScheme.isRSAPSS(HashAlgorithm.Intrinsic << Byte.SIZE | algorithm)) {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter);
        }
        TlsVerifier verifier = super.createVerifier(algorithm);
        return new TlsVerifier() {
            @Override
            public TlsStreamVerifier getStreamVerifier(DigitallySigned signed) throws IOException {
                return verifier.getStreamVerifier(signed);
            }

            @Override
            public boolean verifyRawSignature(DigitallySigned signed, byte[] hash) throws IOException {
                Object key =
                        algorithm == SignatureAlgorithm.ecdsa ? getPubKeyEC().getQ() : List.of(encoded, algorithm);
                return verified(
                        key,
                        signed.getAlgorithm(),
                        hash,
                        signed.getSignature(),
                        () -> verifier.verifyRawSignature(signed, hash));
            }
        };
    }

    @Override
    public Tls13Verifier createVerifier(int scheme) throws IOException {
        Tls13Verifier verifier = super.createVerifier(scheme);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        boolean onCurve = SignatureScheme.getSignatureAlgorithm(scheme) == SignatureAlgorithm.ecdsa;
        return new Tls13Verifier() {
            @Override
            public OutputStream getOutputStream() {
                return text;
            }

            @Override
            public boolean verifySignature(byte[] signature) throws IOException {
                return verified(
                        onCurve ? getPubKeyEC().getQ() : encoded,
                        SignatureScheme.getSignatureAndHashAlgorithm(scheme),
                        onCurve ? hash(scheme, text.toByteArray()) : text.toByteArray(),
                        signature,
                        () -> {
                            text.writeTo(verifier.getOutputStream());
                            return verifier.verifySignature(signature);
                        });
            }
        };
    }

    private byte[] hash(int scheme, byte[] text) {
        TlsHash hash = crypto.createHash(SignatureScheme.getCryptoHashAlgorithm(scheme));
        hash.update(text, 0, text.length);
        return hash.calculateHash();
    }

    /** @param key the point of one on a curve, as {@link SharedArithmetic} says */
    private boolean verified(
            Object key,
            @Nullable SignatureAndHashAlgorithm algorithm,
            byte[] signed,
            byte[] signature,
            SharedArithmetic.Operation<Boolean, IOException> verification)
            throws IOException {
        List<Object> operands = List.of(
                "verified", key, String.valueOf(algorithm), ByteBuffer.wrap(signed), ByteBuffer.wrap(signature));
        return arithmetic.result(Boolean.class, operands, verification);
    }
}
