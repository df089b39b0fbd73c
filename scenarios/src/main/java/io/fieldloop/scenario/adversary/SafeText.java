package io.fieldloop.scenario.adversary;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Renders a peer's bytes so that they can stand in a log line or a report without harm. */
final class SafeText {
    private SafeText() {}

    /** Printable ASCII stays; a backslash and every other byte become escapes. */
    static String of(byte[] bytes, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(escaped((char) (bytes[i] & 0xFF)));
        }
        return text.toString();
    }

    /** The same for text that came from elsewhere, such as an exception's message. */
    static String of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return of(bytes, bytes.length);
    }

    private static String escaped(char character) {
        return switch (character) {
            case '\r' -> "\\r";
            case '\n' -> "\\n";
            case '\\' -> "\\\\";
            default ->
                character >= ' ' && character <= '~'
                        ? String.valueOf(character)
                        : "\\x" + HexFormat.of().toHexDigits((byte) character);
        };
    }
}
