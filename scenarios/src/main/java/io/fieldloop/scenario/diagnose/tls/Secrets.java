package io.fieldloop.scenario.diagnose.tls;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A key log: what decrypts sessions, by the ClientHello's random (draft-ietf-tls-keylogfile). */
public final class Secrets {
    private static final int WORDS = 3;
    private final Map<String, byte[]> byLabelAndRandom = new HashMap<>();

    /** Takes the lines of a key log; what is no secret is passed over. */
    public void add(String lines) {
        lines.lines().forEach(this::addLine);
    }

    private void addLine(String line) {
        if (line.isEmpty() || line.charAt(0) == '#') {
            return;
        }
        String[] words = line.strip().split(" +", -1);
        if (words.length == WORDS) {
            try {
                byLabelAndRandom.put(key(words[0], words[1]), HexFormat.of().parseHex(words[2]));
            } catch (IllegalArgumentException notHex) {
                return;
            }
        }
    }

    public boolean isEmpty() {
        return byLabelAndRandom.isEmpty();
    }

    byte @Nullable [] find(String label, String random) {
        return byLabelAndRandom.get(key(label, random));
    }

    private static String key(String label, String random) {
        return label + ' ' + random.toLowerCase(Locale.ROOT);
    }
}
