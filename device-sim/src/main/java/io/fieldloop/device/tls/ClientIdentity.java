package io.fieldloop.device.tls;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * What a device proves itself with to a server that asks: {@code client_key} and {@code client_cert} of esp-tls.
 *
 * @param key on P-256
 */
public record ClientIdentity(PrivateKey key, List<X509Certificate> chain) {
    public ClientIdentity {
        chain = List.copyOf(chain);
    }

    TlsCredentials signer(TlsContext context, BcTlsCrypto crypto, CertificateRequest request) throws IOException {
        CertificateEntry[] entries = new CertificateEntry[chain.size()];
        for (int i = 0; i < entries.length; i++) {
            byte[] encoded = ChainCertificate.of(chain.get(i)).holder().getEncoded();
            entries[i] = new CertificateEntry(crypto.createCertificate(encoded), null);
        }
        byte[] requestContext = TlsUtils.isTLSv13(context) ? request.getCertificateRequestContext() : null;
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                PrivateKeyFactory.createKey(key.getEncoded()),
                new Certificate(CertificateType.X509, requestContext, entries),
                SignatureScheme.getSignatureAndHashAlgorithm(SignatureScheme.ecdsa_secp256r1_sha256));
    }
}
