package io.fieldloop.server.tls;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys session tickets of one listener are sealed with; they outlive its certificates and end with it.
 *
 * <p>None is drawn before the first ticket is given, so that a listener without tickets takes nothing from the run's chance.
 */
final class TicketKeys {
    static final int NAME_BYTES = 16;

    /** A key of AES-256 for us, or one for its MAC and one of AES-128 for BoringSSL. */
    static final int SECRET_BYTES = 32;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random;
    private final Duration lifetime;
    private List<Key> keys = List.of();

    TicketKeys(SecureRandom random, Duration lifetime) {
        this.random = random;
        this.lifetime = lifetime;
    }

    /** One key. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares keys, nor changes them
    record Key(byte[] name, byte[] secret, Instant since) {}

    /** The present key, and behind it the one before where tickets of it may still be about; the same list until that changes. */
    synchronized List<Key> at(Instant now) {
        boolean isDue = keys.isEmpty() || isOver(keys.get(0), now, lifetime);
        if (isDue || isOver(keys.get(keys.size() - 1), now, lifetime.multipliedBy(2))) {
            List<Key> known = new ArrayList<>(keys);
            known.removeIf(key -> isOver(key, now, lifetime.multipliedBy(2)));
            if (isDue) {
                known.add(0, new Key(drawn(NAME_BYTES), drawn(SECRET_BYTES), now));
            }
            keys = List.copyOf(known);
        }
        return keys;
    }

    private static boolean isOver(Key key, Instant now, Duration lasting) {
        return !now.isBefore(key.since().plus(lasting));
    }

    private byte[] drawn(int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return drawn;
    }

    /** RFC 5077 4: the key's name, then what only that key opens. */
    byte[] seal(byte[] plain, Instant now) {
        Key key = at(now).get(0);
        byte[] nonce = drawn(NONCE_BYTES);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(plain);
            byte[] ticket = Arrays.copyOf(key.name(), NAME_BYTES + NONCE_BYTES + sealed.length);
            System.arraycopy(nonce, 0, ticket, NAME_BYTES, NONCE_BYTES);
            System.arraycopy(sealed, 0, ticket, NAME_BYTES + NONCE_BYTES, sealed.length);
            return ticket;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /** What was sealed; null for a ticket of a forgotten key, of another server or of nobody. */
    byte @Nullable [] open(byte[] ticket, Instant now) {
        if (ticket.length < NAME_BYTES + NONCE_BYTES) {
            return null;
        }
        byte[] name = Arrays.copyOf(ticket, NAME_BYTES);
        for (Key key : at(now)) {
            if (Arrays.equals(key.name(), name)) {
                return open(key, ticket);
            }
        }
        return null;
    }

    private static byte @Nullable [] open(Key key, byte[] ticket) {
        byte[] nonce = Arrays.copyOfRange(ticket, NAME_BYTES, NAME_BYTES + NONCE_BYTES);
        int at = NAME_BYTES + NONCE_BYTES;
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce).doFinal(ticket, at, ticket.length - at);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    private static Cipher cipher(int mode, Key key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key.secret(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
