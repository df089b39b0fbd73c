package io.fieldloop.server.voice;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-128-CTR with the counter block in each packet's header, in place and without an object for a packet.
 *
 * <p>The JDK's own CTR takes a new counter only by {@code init}, which makes objects; so this encrypts counters itself and XORs. The
 * whole 16-byte header counts on: sequence 0xffffffff carries into the timestamp. To be used by one thread at a time.
 */
final class VoiceCipher {
    static final int KEY_BYTES = 16;
    private static final int BLOCK = 16;

    /** One packet of 60 ms at usual rates in one call of the cipher. */
    private static final int CHUNK = 16 * BLOCK;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Cipher aes;
    private final byte[] counters = new byte[CHUNK];
    private final byte[] keystream = new byte[CHUNK];

    VoiceCipher(byte[] key) {
        try {
            aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("Every Java platform has AES with 128 bits", e);
        }
    }

    /** Encrypts or decrypts what follows the header that stands at {@code header}. */
    void apply(ByteBuf packet, int header, int length) {
        long high = packet.getLong(header);
        long low = packet.getLong(header + Long.BYTES);
        int at = header + BLOCK;
        int end = at + length;
        while (at < end) {
            int chunk = Math.min(end - at, CHUNK);
            int blocks = (chunk + BLOCK - 1) / BLOCK;
            for (int block = 0; block < blocks; block++) {
                LONGS.set(counters, block * BLOCK, high);
                LONGS.set(counters, block * BLOCK + Long.BYTES, low);
                low++;
                if (low == 0) {
                    high++;
                }
            }
            encryptCounters(blocks * BLOCK);
            xor(packet, at, chunk);
            at += chunk;
        }
    }

    private void encryptCounters(int bytes) {
        try {
            aes.update(counters, 0, bytes, keystream, 0);
        } catch (ShortBufferException e) {
            throw new AssertionError("Whole blocks without padding keep their length", e);
        }
    }

    private void xor(ByteBuf packet, int from, int length) {
        int done = 0;
        for (; done <= length - Long.BYTES; done += Long.BYTES) {
            packet.setLong(from + done, packet.getLong(from + done) ^ (long) LONGS.get(keystream, done));
        }
        for (; done < length; done++) {
            packet.setByte(from + done, packet.getByte(from + done) ^ keystream[done]);
        }
    }
}
