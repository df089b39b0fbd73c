package io.fieldloop.server.tls;

import io.fieldloop.server.pki.CertificateChain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedDecryptor;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedDecryptor;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.jspecify.annotations.Nullable;

/** A certificate chain and its key in the form Bouncy Castle's TLS takes, parsed once for all connections. */
final class BcIdentity {
    private final RunTlsCrypto crypto;
    private final AsymmetricKeyParameter key;

    /** The public point of a key on a curve. */
    private final @Nullable ECPoint point;

    private final boolean prefersPss;
    private final SharedArithmetic arithmetic;
    private final TlsCertificate[] chain;

    BcIdentity(RunTlsCrypto crypto, CertificateChain source, boolean prefersPss, SharedArithmetic arithmetic) {
        this.crypto = crypto;
        this.prefersPss = prefersPss;
        this.arithmetic = arithmetic;
        try {
            this.key = PrivateKeyFactory.createKey(source.key().getEncoded());
            this.point = key instanceof ECPrivateKeyParameters ec
                    ? SharedCurve.product(ec.getParameters().getG(), ec.getD(), arithmetic)
                    : null;
            this.chain = new TlsCertificate[source.chain().size()];
            for (int i = 0; i < chain.length; i++) {
                chain[i] = crypto.createCertificate(encoded(source.chain().get(i)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("A certificate of the chain cannot be encoded.", e);
        }
    }

    boolean isRsa() {
        return key instanceof RSAKeyParameters;
    }

    TlsCredentialedSigner signer(TlsContext context) throws IOException {
        requireCurve(context);
        SignatureAndHashAlgorithm algorithm = TlsUtils.isTLSv13(context) ? chosen13(context) : chosen12(context);
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context), crypto, key, certificate(context), algorithm) {
            @Override
            public byte[] generateRawSignature(byte[] hash) throws IOException {
                // On curves the library's nonces are those of RFC 6979; an RSA signature draws random numbers.
                return point == null
                        ? super.generateRawSignature(hash)
                        : signature(point, String.valueOf(algorithm), hash, () -> super.generateRawSignature(hash));
            }
        };
    }

    /** What a key has signed is good for its own public point: a client in the same process need not work that out again. */
    private byte[] signature(
            ECPoint point, String algorithm, byte[] hash, SharedArithmetic.Operation<byte[], IOException> signing)
            throws IOException {
        ByteBuffer signed = ByteBuffer.wrap(hash);
        byte[] signature = arithmetic.result(byte[].class, List.of("signature", point, algorithm, signed), signing);
        arithmetic.result(
                Boolean.class, List.of("verified", point, algorithm, signed, ByteBuffer.wrap(signature)), () -> true);
        return signature;
    }

    /** RFC 8422 5.3: no certificate on a curve the client did not list; TLS 1.3 has a signature scheme for each curve instead. */
    private void requireCurve(TlsContext context) throws IOException {
        int[] listed = context.getSecurityParametersHandshake().getClientSupportedGroups();
        boolean fits = TlsUtils.isTLSv13(context)
                || listed == null
                || !(key instanceof ECPrivateKeyParameters)
                || Arrays.stream(listed).anyMatch(this::isOn);
        if (!fits) {
            throw new TlsFatalAlert(
                    AlertDescription.handshake_failure, "the client does not know the certificate's curve");
        }
    }

    private boolean isOn(int group) {
        String curve = NamedGroup.getCurveName(group);
        return curve != null
                && key instanceof ECPrivateKeyParameters ec
                && ec.getParameters() instanceof ECNamedDomainParameters named
                && named.getName().equals(ECNamedCurveTable.getOID(curve));
    }

    /** For static RSA key exchange, where the client encrypts to the certificate. */
    TlsCredentialedDecryptor decryptor(TlsContext context) {
        return new BcDefaultTlsCredentialedDecryptor(crypto, certificate(context), key);
    }

    private Certificate certificate(TlsContext context) {
        if (!TlsUtils.isTLSv13(context)) {
            return new Certificate(chain);
        }
        CertificateEntry[] entries = new CertificateEntry[chain.length];
        for (int i = 0; i < chain.length; i++) {
            entries[i] = new CertificateEntry(chain[i], null);
        }
        return new Certificate(CertificateType.X509, TlsUtils.EMPTY_BYTES, entries);
    }

    private SignatureAndHashAlgorithm chosen12(TlsContext context) throws IOException {
        Vector<?> offered = context.getSecurityParametersHandshake().getClientSigAlgs();
        short signature = isRsa()
                ? SignatureAlgorithm.rsa
                : key instanceof Ed25519PrivateKeyParameters ? SignatureAlgorithm.ed25519 : SignatureAlgorithm.ecdsa;
        boolean pss = isRsa() && prefersPss;
        try {
            return pss ? chosen13(context) : TlsUtils.chooseSignatureAndHashAlgorithm(context, offered, signature);
        } catch (TlsFatalAlert e) {
            // A client may offer RSA with PSS only, or without.
            return pss ? TlsUtils.chooseSignatureAndHashAlgorithm(context, offered, signature) : chosen13(context);
        }
    }

    private SignatureAndHashAlgorithm chosen13(TlsContext context) throws IOException {
        Vector<?> offered = context.getSecurityParametersHandshake().getClientSigAlgs();
        if (offered != null) {
            for (Object next : offered) {
                SignatureAndHashAlgorithm algorithm = (SignatureAndHashAlgorithm) next;
                if (fits(SignatureScheme.from(algorithm))) {
                    return algorithm;
                }
            }
        }
        throw new TlsFatalAlert(AlertDescription.handshake_failure, "no shared signature algorithm");
    }

    /** RFC 8446 4.2.3: RSA signs with PSS, and each curve has its one hash. */
    private boolean fits(int scheme) {
        if (key instanceof ECPrivateKeyParameters) {
            return isOn(SignatureScheme.getNamedGroup(scheme));
        }
        if (key instanceof Ed25519PrivateKeyParameters) {
            return scheme == SignatureScheme.ed25519;
        }
        return scheme == SignatureScheme.rsa_pss_rsae_sha256
                || scheme == SignatureScheme.rsa_pss_rsae_sha384
                || scheme == SignatureScheme.rsa_pss_rsae_sha512;
    }
}
