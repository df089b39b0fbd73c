package io.fieldloop.scenario.diagnose.tls;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keys out of secrets: the PRF of TLS 1.2 (RFC 5246 section 5) and HKDF-Expand-Label of TLS 1.3 (RFC 8446 section 7.1). */
final class KeyDerivation {
    private KeyDerivation() {}

    static byte[] prf(String hash, byte[] secret, String label, byte[] seed, int length)
            throws GeneralSecurityException {
        Mac mac = mac(hash, secret);
        byte[] labelled = ByteBuffer.allocate(label.length() + seed.length)
                .put(label.getBytes(StandardCharsets.US_ASCII))
                .put(seed)
                .array();
        ByteBuffer out = ByteBuffer.allocate(length);
        byte[] a = labelled;
        while (out.hasRemaining()) {
            a = mac.doFinal(a);
            mac.update(a);
            byte[] block = mac.doFinal(labelled);
            out.put(block, 0, Math.min(block.length, out.remaining()));
        }
        return out.array();
    }

    static byte[] expandLabel(String hash, byte[] secret, String label, int length) throws GeneralSecurityException {
        String full = "tls13 " + label;
        Mac mac = mac(hash, secret);
        mac.update(new byte[] {(byte) (length >> 8), (byte) length, (byte) full.length()});
        mac.update(full.getBytes(StandardCharsets.US_ASCII));
        // An empty context, and the first block, which is as much as any key or nonce has.
        mac.update(new byte[] {0, 1});
        return java.util.Arrays.copyOf(mac.doFinal(), length);
    }

    private static Mac mac(String hash, byte[] secret) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("Hmac" + hash);
        mac.init(new SecretKeySpec(secret, "Hmac" + hash));
        return mac;
    }
}
