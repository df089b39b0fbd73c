package io.fieldloop.device.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.TlsCryptoUtils;
import org.bouncycastle.tls.crypto.TlsHash;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.jspecify.annotations.Nullable;

/** The handshake messages of one TLS 1.3 connection, for the secret of its tickets, which Bouncy Castle does not derive (RFC 8446 4.6.1). */
final class Transcript {
    /** Null once they are complete: a device may stay for days. */
    private @Nullable ByteArrayOutputStream messages = new ByteArrayOutputStream();

    private boolean plain = true;
    private @Nullable TlsSecret master;
    private int cryptoHash;

    void add(byte[] content, int offset, int length) {
        if (messages != null) {
            messages.write(content, offset, length);
        }
    }

    /** A HelloRetryRequest would have to stand in it in another form; tickets of such a connection are not kept. */
    void retried() {
        plain = false;
    }

    /** While the handshake's secrets are still there. */
    void complete(SecurityParameters parameters, TlsCrypto crypto) throws IOException {
        ByteArrayOutputStream all = messages;
        messages = null;
        if (all != null && plain && TlsUtils.isTLSv13(parameters.getNegotiatedVersion())) {
            cryptoHash = TlsCryptoUtils.getHashForPRF(parameters.getPRFAlgorithm());
            TlsHash hash = crypto.createHash(cryptoHash);
            hash.update(all.toByteArray(), 0, all.size());
            master = TlsCryptoUtils.hkdfExpandLabel(
                    parameters.getMasterSecret(),
                    cryptoHash,
                    "res master",
                    hash.calculateHash(),
                    parameters.getPRFHashLength());
        }
    }

    /** The session of a NewSessionTicket of TLS 1.3; null where it cannot be taken up again. */
    KeptSessions.@Nullable Kept session(ByteArrayInputStream ticketMessage) throws IOException {
        TlsUtils.readUint32(ticketMessage); // lifetime
        TlsUtils.readUint32(ticketMessage); // age_add
        byte[] nonce = TlsUtils.readOpaque8(ticketMessage);
        byte[] ticket = TlsUtils.readOpaque16(ticketMessage);
        if (master == null) {
            return null;
        }
        int bytes = TlsCryptoUtils.getHashOutputSize(cryptoHash);
        byte[] key = TlsCryptoUtils.hkdfExpandLabel(master, cryptoHash, "resumption", nonce, bytes)
                .extract();
        return new KeptSessions.Kept(ticket, TlsUtils.EMPTY_BYTES, null, key);
    }
}
