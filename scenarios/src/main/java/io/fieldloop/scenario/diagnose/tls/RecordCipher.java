package io.fieldloop.scenario.diagnose.tls;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.CCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** Opens the records of one direction, one after the other. */
final class RecordCipher {
    private static final int NONCE_BYTES = 12;
    private static final int EXPLICIT_NONCE_BYTES = 8;
    private static final int BLOCK_BYTES = 16;

    private final SuiteShape suite;
    private final boolean tls13;
    private final boolean macsCiphertext;
    private final byte[] key;
    private final byte[] iv;
    private long sequence;

    RecordCipher(SuiteShape suite, boolean tls13, boolean macsCiphertext, byte[] key, byte[] iv) {
        this.suite = suite;
        this.tls13 = tls13;
        this.macsCiphertext = macsCiphertext;
        this.key = key;
        this.iv = iv;
    }

    /** What a record holds; in TLS 1.3 with its real type as the last byte, and padding behind that. */
    byte[] open(int type, int version, byte[] record, int length) throws GeneralSecurityException {
        byte[] plain = suite.kind() == SuiteShape.Kind.CBC
                ? openBlocks(record, length)
                : openAuthenticated(type, version, record, length);
        sequence++;
        return plain;
    }

    private byte[] openAuthenticated(int type, int version, byte[] record, int length) throws GeneralSecurityException {
        boolean explicit = !tls13 && suite.kind() != SuiteShape.Kind.CHACHA20;
        int from = explicit ? EXPLICIT_NONCE_BYTES : 0;
        int contents = length - from - suite.kind().tagBytes();
        if (contents < 0) {
            throw new GeneralSecurityException("the record is too short");
        }
        byte[] nonce = Arrays.copyOf(iv, NONCE_BYTES);
        if (explicit) {
            System.arraycopy(record, 0, nonce, iv.length, EXPLICIT_NONCE_BYTES);
        } else {
            for (int i = 0; i < Long.BYTES; i++) {
                nonce[NONCE_BYTES - 1 - i] ^= (byte) (sequence >>> (8 * i));
            }
        }
        byte[] header = tls13
                ? new byte[] {(byte) type, (byte) (version >> 8), (byte) version, (byte) (length >> 8), (byte) length}
                : ByteBuffer.allocate(13)
                        .putLong(sequence)
                        .put((byte) type)
                        .putShort((short) version)
                        .putShort((short) contents)
                        .array();
        return switch (suite.kind()) {
            case GCM ->
                jdk("AES/GCM/NoPadding", "AES", new GCMParameterSpec(128, nonce), header, record, from, length - from);
            case CHACHA20 ->
                jdk("ChaCha20-Poly1305", "ChaCha20", new IvParameterSpec(nonce), header, record, from, length - from);
            default -> ccm(nonce, header, record, from, length - from);
        };
    }

    private byte[] jdk(
            String transformation,
            String algorithm,
            java.security.spec.AlgorithmParameterSpec parameters,
            byte[] header,
            byte[] record,
            int from,
            int length)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(transformation);
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, algorithm), parameters);
        cipher.updateAAD(header);
        return cipher.doFinal(record, from, length);
    }

    /** The one mode that this Java does not have. */
    private byte[] ccm(byte[] nonce, byte[] header, byte[] record, int from, int length)
            throws GeneralSecurityException {
        CCMModeCipher cipher = CCMBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(
                false, new AEADParameters(new KeyParameter(key), suite.kind().tagBytes() * 8, nonce, header));
        byte[] plain = new byte[cipher.getOutputSize(length)];
        try {
            cipher.doFinal(plain, cipher.processBytes(record, from, length, plain, 0));
            return plain;
        } catch (InvalidCipherTextException e) {
            throw new GeneralSecurityException("the record does not open", e);
        }
    }

    /** The MAC is not checked: a wrong key shows in the padding, and a damaged record is the receiver's to refuse. */
    private byte[] openBlocks(byte[] record, int length) throws GeneralSecurityException {
        int end = length - (macsCiphertext ? suite.macBytes() : 0);
        if (end < 2 * BLOCK_BYTES || end % BLOCK_BYTES != 0) {
            throw new GeneralSecurityException("the record is no row of blocks");
        }
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(record, 0, BLOCK_BYTES));
        byte[] padded = cipher.doFinal(record, BLOCK_BYTES, end - BLOCK_BYTES);
        int padding = padded[padded.length - 1] & 0xFF;
        int contents = padded.length - padding - 1 - (macsCiphertext ? 0 : suite.macBytes());
        if (contents < 0) {
            throw new GeneralSecurityException("the padding is longer than the record");
        }
        return Arrays.copyOf(padded, contents);
    }
}
