package io.fieldloop.device.voice;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-128-CTR as the firmware applies it to voice: the 16 bytes of a packet's header are its first counter block (protocol reference 2.3).
 *
 * <p>Nothing authenticates a packet, and both directions share the key and, with equal headers, the keystream.
 */
final class VoiceCipher {

    private final SecretKeySpec key;
    private final Cipher cipher;

    VoiceCipher(String keyHex) {
        this.key = new SecretKeySpec(HexFormat.of().parseHex(keyHex), "AES");
        try {
            this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException("This Java has no AES/CTR.", everyJdkHasIt);
        }
    }

    /** Encrypts or decrypts: with CTR they are the same. */
    byte[] apply(byte[] header, byte[] text) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(header));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-CTR takes any 16-byte counter and any text.", impossible);
        }
    }
}
