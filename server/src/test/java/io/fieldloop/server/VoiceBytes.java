package io.fieldloop.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Voice packets by the JDK's own AES-CTR, which is not what the gateway uses. */
final class VoiceBytes {
    private VoiceBytes() {}

    static byte[] seal(JsonNode udp, int timestamp, long sequence, byte[] audio) throws GeneralSecurityException {
        byte[] header = HexFormat.of().parseHex(udp.path("nonce").asText());
        ByteBuffer.wrap(header)
                .putShort(2, (short) audio.length)
                .putInt(8, timestamp)
                .putInt(12, (int) sequence);
        return ByteBuffer.allocate(16 + audio.length)
                .put(header)
                .put(cipher(udp, header).doFinal(audio))
                .array();
    }

    static byte[] open(JsonNode udp, byte[] packet) throws GeneralSecurityException {
        return cipher(udp, java.util.Arrays.copyOf(packet, 16)).doFinal(packet, 16, packet.length - 16);
    }

    static long sequence(byte[] packet) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(packet).getInt(12));
    }

    private static Cipher cipher(JsonNode udp, byte[] header) throws GeneralSecurityException {
        byte[] key = HexFormat.of().parseHex(udp.path("key").asText());
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(header));
        return cipher;
    }
}
