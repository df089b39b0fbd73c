package io.fieldloop.server.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.TlsCryptoUtils;
import org.bouncycastle.tls.crypto.TlsHash;
import org.bouncycastle.tls.crypto.TlsSecret;

/** The handshake messages of one TLS 1.3 connection in their order, for the one secret Bouncy Castle does not derive (RFC 8446 4.6.1). */
final class Transcript {
    /** Our only ticket of a connection; each needs another. */
    static final byte[] NONCE = new byte[1];

    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    void add(byte[] content, int offset, int length) {
        messages.write(content, offset, length);
    }

    /** The pre-shared key of the ticket; while the handshake's secrets are still there. */
    byte[] resumptionKey(SecurityParameters parameters, TlsCrypto crypto) throws IOException {
        int cryptoHash = TlsCryptoUtils.getHashForPRF(parameters.getPRFAlgorithm());
        int bytes = parameters.getPRFHashLength();
        TlsHash hash = crypto.createHash(cryptoHash);
        hash.update(messages.toByteArray(), 0, messages.size());
        TlsSecret master = TlsCryptoUtils.hkdfExpandLabel(
                parameters.getMasterSecret(), cryptoHash, "res master", hash.calculateHash(), bytes);
        return TlsCryptoUtils.hkdfExpandLabel(master, cryptoHash, "resumption", NONCE, bytes)
                .extract();
    }

    /** A HelloRetryRequest would have to stand in it in another form; such a session gets no ticket. */
    boolean isPlain() {
        byte[] all = messages.toByteArray();
        int second = 4 + TlsUtils.readUint24(all, 1);
        int third = second + 4 + TlsUtils.readUint24(all, second + 1);
        return all[third] != 1;
    }
}
