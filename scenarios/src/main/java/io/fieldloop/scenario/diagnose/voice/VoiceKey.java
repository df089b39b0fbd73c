package io.fieldloop.scenario.diagnose.voice;

import io.fieldloop.scenario.diagnose.capture.Octets;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of a hello, and whether packets were made with it.
 *
 * <p>The 16 octets of a packet's header are the first counter block (AES-128-CTR), and nothing in a packet proves the key. But the
 * first octet of what it holds tells how Opus was encoded (RFC 6716 section 3.1), and is the same in nearly all packets of a
 * speaker; with a wrong key it is any of 256.
 */
public final class VoiceKey {
    private static final Pattern KEY = Pattern.compile("\"key\"\\s*:\\s*\"([0-9a-fA-F]{32})\"");
    private static final Pattern NONCE = Pattern.compile("\"nonce\"\\s*:\\s*\"([0-9a-fA-F]{32})\"");
    private static final int SAMPLES_MIN = 4;

    private final Moment at;
    private final byte[] key;
    private final int identifier;

    private VoiceKey(Moment at, byte[] key, int identifier) {
        this.at = at;
        this.key = key;
        this.identifier = identifier;
    }

    /** That of a server's hello; nothing where it has none. */
    public static Optional<VoiceKey> of(String hello, Moment at) {
        Matcher key = KEY.matcher(hello);
        Matcher nonce = NONCE.matcher(hello);
        if (!key.find() || !nonce.find()) {
            return Optional.empty();
        }
        HexFormat hex = HexFormat.of();
        return Optional.of(new VoiceKey(at, hex.parseHex(key.group(1)), Octets.i32(hex.parseHex(nonce.group(1)), 4)));
    }

    /** The packet that had the hello. */
    public Moment at() {
        return at;
    }

    public boolean isOf(VoiceSession session) {
        return session.identifier() == identifier;
    }

    /** Whether a half decrypts with it; nothing where there are too few packets to tell. */
    public Optional<Boolean> fits(VoiceHalf half) {
        List<byte[]> samples = half.samples();
        if (samples.size() < SAMPLES_MIN) {
            return Optional.empty();
        }
        Map<Integer, Integer> counts = new HashMap<>();
        samples.forEach(sample -> counts.merge(firstOctet(sample), 1, Integer::sum));
        return Optional.of(Collections.max(counts.values()) * 2 >= samples.size());
    }

    private int firstOctet(byte[] sample) {
        try {
            // One block of CTR is that block encrypted, and the octets laid upon it.
            @SuppressWarnings("InsecureCryptoUsage")
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
            byte[] stream = cipher.doFinal(Arrays.copyOf(sample, VoiceHalf.HEADER_BYTES));
            return (stream[0] ^ sample[VoiceHalf.HEADER_BYTES]) & 0xFF;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES", e);
        }
    }
}
