package io.fieldloop.device.conversation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as the firmware's cJSON 1.7 does ({@code cJSON_ParseWithLength}, then {@code cJSON_GetObjectItem}), which
 * is not as RFC 8259 says.
 *
 * <p>It takes a byte order mark, raw control characters inside strings and leading zeros, and looks no further than the end of the first
 * value. Names are found without regard to case, so they come out in lower case; of two equal ones the first counts. A string ends at its
 * first NUL, and a number is what the firmware reads of it: its {@code valueint}, or its {@code valuedouble} where that is asked for.
 */
public final class FirmwareJson {

    private static final int NESTING_MAX = 1000; // CJSON_NESTING_LIMIT
    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";
    private static final int BYTES_WITH_MARK_MIN = 5; // skip_utf8_bom() wants two bytes behind the mark
    private static final Pattern NUMBER = Pattern.compile("-?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** One character for each byte: cJSON counts those. */
    private final String text;

    private final boolean exact;
    private int at;
    private int depth;

    private FirmwareJson(String text, boolean exact) {
        this.text = text;
        this.exact = exact;
        this.at = text.startsWith(BYTE_ORDER_MARK) && text.length() >= BYTES_WITH_MARK_MIN ? 3 : 0;
    }

    /** The value the text begins with, or null where cJSON gives up. */
    static @Nullable JsonNode parse(String text) {
        return new FirmwareJson(bytes(text), false).value();
    }

    /** The same with numbers as they stand; {@code intValue()} of one is its {@code valueint}. */
    public static @Nullable JsonNode parseExact(String text) {
        return new FirmwareJson(bytes(text), true).value();
    }

    private @Nullable JsonNode value() {
        skipBlanks();
        if (skip("null")) {
            return JSON.nullNode();
        } else if (skip("false")) {
            return JSON.booleanNode(false);
        } else if (skip("true")) {
            return JSON.booleanNode(true);
        }
        return switch (at < text.length() ? text.charAt(at) : 0) {
            case '"' -> stringNode();
            case '[' -> nested(JSON.arrayNode(), ']');
            case '{' -> nested(JSON.objectNode(), '}');
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> null;
        };
    }

    private @Nullable JsonNode nested(JsonNode container, char end) {
        if (depth++ >= NESTING_MAX) {
            return null;
        }
        at++;
        skipBlanks();
        boolean more = !skip(String.valueOf(end));
        while (more) {
            if (!member(container)) {
                return null;
            }
            skipBlanks();
            more = skip(",");
            if (!more && !skip(String.valueOf(end))) {
                return null;
            }
        }
        depth--;
        return container;
    }

    private boolean member(JsonNode container) {
        String name = null;
        if (container instanceof ObjectNode) {
            skipBlanks();
            name = at < text.length() && text.charAt(at) == '"' ? string() : null;
            skipBlanks();
            if (name == null || !skip(":")) {
                return false;
            }
        }
        JsonNode value = value();
        if (value == null) {
            return false;
        }
        if (container instanceof ArrayNode array) {
            array.add(value);
        } else if (container instanceof ObjectNode object && name != null) {
            object.putIfAbsent(lowerCase(name), value);
        }
        return true;
    }

    private @Nullable JsonNode number() {
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt()) {
            return null;
        }
        at = number.end();
        double value = Double.parseDouble(number.group());
        return exact ? JSON.numberNode(value) : JSON.numberNode((int) value);
    }

    private @Nullable JsonNode stringNode() {
        String string = string();
        return string == null ? null : JSON.textNode(string);
    }

    private @Nullable String string() {
        int start = at + 1;
        int end = closingQuote(start);
        if (end < 0) {
            return null;
        }
        StringBuilder characters = new StringBuilder(end - start);
        at = start;
        while (at < end) {
            char next = text.charAt(at++);
            if (next != '\\') {
                characters.append(next);
            } else if (!appendEscaped(characters, end)) {
                return null;
            }
        }
        at = end + 1;
        int nul = characters.indexOf("\0");
        return new String((nul < 0 ? characters.toString() : characters.substring(0, nul)).getBytes(ISO_8859_1), UTF_8);
    }

    private int closingQuote(int start) {
        for (int index = start; index < text.length(); index++) {
            switch (text.charAt(index)) {
                case '"' -> {
                    return index;
                }
                case '\\' -> index++;
                default -> {}
            }
        }
        return -1;
    }

    private boolean appendEscaped(StringBuilder characters, int end) {
        char escaped = text.charAt(at++);
        int simple = "bfnrt\"\\/".indexOf(escaped);
        if (simple >= 0) {
            characters.append("\b\f\n\r\t\"\\/".charAt(simple));
        }
        return simple >= 0 || (escaped == 'u' && appendUtf16(characters, end));
    }

    /** A surrogate without its other half ends the parsing. */
    private boolean appendUtf16(StringBuilder characters, int end) {
        if (at + 4 > end) {
            return false;
        }
        char first = hex4();
        if (!Character.isSurrogate(first)) {
            characters.append(bytes(String.valueOf(first)));
            return true;
        }
        if (Character.isLowSurrogate(first) || at + 6 > end || !skip("\\u")) {
            return false;
        }
        char second = hex4();
        characters.append(bytes(new String(new char[] {first, second})));
        return Character.isLowSurrogate(second);
    }

    /** Four characters that are no number are a NUL. */
    private char hex4() {
        String digits = text.substring(at, at + 4);
        at += 4;
        return digits.chars().allMatch(HexFormat::isHexDigit) ? (char) HexFormat.fromHexDigits(digits) : 0;
    }

    private static String bytes(String characters) {
        return new String(characters.getBytes(UTF_8), ISO_8859_1);
    }

    private boolean skip(String word) {
        boolean there = text.startsWith(word, at);
        at += there ? word.length() : 0;
        return there;
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    private static String lowerCase(String name) {
        StringBuilder lower = new StringBuilder(name);
        for (int index = 0; index < lower.length(); index++) {
            char letter = lower.charAt(index);
            if (letter >= 'A' && letter <= 'Z') {
                lower.setCharAt(index, (char) (letter + 'a' - 'A'));
            }
        }
        return lower.toString();
    }
}
