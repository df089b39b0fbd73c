package io.fieldloop.server.connection;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Leaves tokens and passwords out of what is shown or kept: a token is worth as much in a log as on the wire.
 *
 * <p>Reads text as it came, before anything in it is escaped: a tab, a folded line or a percent sign must not hide a name. What is
 * kept is everything that tells why a request was refused: the names, and the scheme.
 */
public final class Secrets {
    private static final String MASK = "***";

    private static final List<String> NAMES =
            List.of("authorization", "token", "password", "passwd", "secret", "apikey", "api-key", "api_key");

    /** What the hello of an MQTT session calls the key of its voice; by itself the word says little. */
    private static final String VOICE_KEY = "key\"";

    /** Where a name, a letter of one that is written as a number, or the part of a URL before its host may begin. */
    private static final boolean[] SIGNS = signs();

    /** How a name begins tells it from almost all other text. */
    private static final BitSet STARTS = starts();

    /** Letters of a name can be percent-encoded in a query and escaped in JSON. */
    private static final String AUTHORIZATION = written(NAMES.get(0));

    private static final String NAME = "(?:(?<![A-Za-z0-9])|(?<=%[0-9A-Fa-f]{2}))(?:"
            + NAMES.stream().map(Secrets::written).collect(Collectors.joining("|")) + ")";
    private static final String FOLD = "(?:\\r?\\n[ \\t]+)";
    private static final String SCHEME = "(?:(?:Bearer|Basic|Digest|Token)(?:%20|\\+|[ \\t]|" + FOLD + ")+)?";

    /** The group of an alternative is what is shown before the secret, which reaches to the end of the match. */
    private static final Pattern SECRET = Pattern.compile("(?i)(" + NAME + "\"\\s*:\\s*\"" + SCHEME
            + ")(?:[^\"\\\\]|\\\\.)+"
            + "|(" + AUTHORIZATION + "[ \\t]*:(?:[ \\t]|" + FOLD + ")*" + SCHEME + ")[^\\s\"][^\\r\\n]*(?:" + FOLD
            + "[^\\r\\n]*)*"
            + "|(" + NAME + "(?:[ \\t]*:[ \\t]*|=|%3d)" + SCHEME + ")[^&\\s\"'#;,]+"
            + "|(\"key\"\\s*:\\s*\")(?:[0-9A-Fa-f]{16,}|[0-9A-Fa-f]+$)"
            + "|(://[^/\\s:@]*:)[^/\\s@]+(?=@)");

    private Secrets() {}

    /** The text with each secret replaced by three asterisks. */
    public static String masked(String text) {
        if (!mayHoldOne(text)) {
            return text;
        }
        return SECRET.matcher(text).replaceAll(found -> Matcher.quoteReplacement(shown(found) + MASK));
    }

    /** Almost every text of a journal and packet has neither a name nor anything that could hide one, and costs no search. */
    private static boolean mayHoldOne(String text) {
        boolean inUrl = false;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter >= SIGNS.length || !SIGNS[letter]) {
                continue;
            }
            inUrl |= letter == ':' && text.startsWith("://", i);
            if ((letter == '%' && isNumberOfALetter(text, i + 1))
                    || (letter == '\\'
                            && text.regionMatches(true, i + 1, "u00", 0, 3)
                            && isNumberOfALetter(text, i + 4))
                    || (letter == '@' && inUrl)
                    || aNameIsAt(text, i, letter)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNumberOfALetter(String text, int at) {
        if (at + 2 > text.length()) {
            return false;
        }
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        char letter = Character.toLowerCase((char) ((high << 4) | low));
        return high >= 0 && low >= 0 && NAMES.stream().anyMatch(name -> name.indexOf(letter) >= 0);
    }

    private static boolean aNameIsAt(String text, int at, char first) {
        if (at + 1 == text.length() || !STARTS.get(start(first, text.charAt(at + 1)))) {
            return false;
        }
        for (String name : NAMES) {
            if (text.regionMatches(true, at, name, 0, name.length())) {
                return true;
            }
        }
        return text.regionMatches(true, at, VOICE_KEY, 0, VOICE_KEY.length());
    }

    /** The same number for the same two letters, in whichever case. */
    private static int start(char first, char second) {
        return (first & 0x1f) << 5 | (second & 0x1f);
    }

    private static boolean[] signs() {
        boolean[] signs = new boolean[128];
        String letters =
                NAMES.stream().map(name -> name.substring(0, 1)).collect(Collectors.joining()) + VOICE_KEY.charAt(0);
        (letters + letters.toUpperCase(Locale.ROOT) + ":@%\\").chars().forEach(sign -> signs[sign] = true);
        return signs;
    }

    private static BitSet starts() {
        BitSet starts = new BitSet();
        NAMES.forEach(name -> starts.set(start(name.charAt(0), name.charAt(1))));
        starts.set(start(VOICE_KEY.charAt(0), VOICE_KEY.charAt(1)));
        return starts;
    }

    /** The bytes of a packet with each byte of a secret replaced by an asterisk, so that lengths and positions stay. */
    public static byte[] blanked(byte[] bytes) {
        byte[] blanked = bytes.clone();
        ConnectPassword.blank(blanked);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!mayHoldOne(text)) {
            return blanked;
        }
        Matcher secret = SECRET.matcher(text);
        while (secret.find()) {
            Arrays.fill(blanked, secret.start() + shown(secret).length(), secret.end(), (byte) '*');
        }
        return blanked;
    }

    private static String shown(MatchResult secret) {
        for (int group = 1; group < secret.groupCount(); group++) {
            if (secret.group(group) != null) {
                return secret.group(group);
            }
        }
        return String.valueOf(secret.group(secret.groupCount()));
    }

    /** How a name may be written: {@code t}, {@code %74} or {@code \\u0074} for a letter, in either case. */
    private static String written(String name) {
        return name.chars()
                .mapToObj(letter -> String.format(
                        Locale.ROOT,
                        "(?:%1$s|%%(?:%2$x|%3$x)|\\\\u00(?:%2$x|%3$x))",
                        Pattern.quote(Character.toString(letter)),
                        letter,
                        (int) Character.toUpperCase((char) letter)))
                .collect(Collectors.joining());
    }
}
