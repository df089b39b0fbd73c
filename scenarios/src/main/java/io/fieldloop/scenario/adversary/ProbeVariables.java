package io.fieldloop.scenario.adversary;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the <code>${name}</code> marks in a probe's text stand for; random ones are drawn anew at each mark.
 *
 * @param host the gateway's nominal name
 * @param path the path a device would ask for
 * @param count the turn of the repetition the text stands in
 */
public record ProbeVariables(String host, String path, int count, RandomGenerator random) {
    /** The names {@link #fill} knows. */
    public static final Set<String> NAMES =
            Set.of("host", "path", "i", "websocket-key", "device-id", "client-id", "letters");

    private static final Pattern MARK = Pattern.compile("\\$\\{([a-z-]+)}");
    private static final int KEY_BYTES = 16;
    private static final int LETTERS = 8;

    ProbeVariables counting(int turn) {
        return new ProbeVariables(host, path, turn, random);
    }

    /** The names used in a template, known or not. */
    static Set<String> namesIn(String template) {
        Set<String> names = new TreeSet<>();
        MARK.matcher(template).results().forEach(mark -> names.add(mark.group(1)));
        return names;
    }

    String fill(String template) {
        return MARK.matcher(template).replaceAll(mark -> Matcher.quoteReplacement(value(mark.group(1))));
    }

    private String value(String name) {
        return switch (name) {
            case "host" -> host;
            case "path" -> path;
            case "i" -> Integer.toString(count);
            case "websocket-key" -> Base64.getEncoder().encodeToString(drawn(KEY_BYTES));
            case "device-id" -> HexFormat.ofDelimiter(":").formatHex(macAddress());
            case "client-id" -> uuid();
            case "letters" -> letters();
            default -> throw new IllegalArgumentException("no variable is named " + name);
        };
    }

    private byte[] drawn(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Locally administered and unicast, so that it is nobody's real device. */
    private byte[] macAddress() {
        byte[] mac = drawn(6);
        mac[0] = (byte) ((mac[0] & 0xFC) | 0x02);
        return mac;
    }

    /** RFC 9562 section 5.4: version 4, variant 10. */
    private String uuid() {
        byte[] bytes = drawn(16);
        bytes[6] = (byte) ((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte) ((bytes[8] & 0x3F) | 0x80);
        return HexFormat.of().formatHex(bytes).replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }

    private String letters() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LETTERS; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }
}
