package io.fieldloop.qemu.console;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Error codes in the one spelling of the vocabulary: {@code -0x2700}, {@code 0x8006}, {@code 0}. */
final class Codes {

    /** What a dictionary writes for a failure that is logged without a code. */
    static final String NONE = "none";

    private static final Pattern HEX = Pattern.compile("-?0[xX][0-9a-fA-F]{1,8}");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,10}");

    private Codes() {}

    /** The code that a line's values hold, or null. */
    static @Nullable String of(Map<Value, String> values) {
        String mbedtls = values.get(Value.MBEDTLS);
        String errno = values.get(Value.ERRNO);
        String code = values.get(Value.CODE);
        if (code != null && !code.equals(NONE)) {
            return printed(code);
        } else if (mbedtls != null && number(mbedtls) != 0) {
            return negative(Math.abs(number(mbedtls)));
        }
        return errno == null ? null : positive(number(errno));
    }

    /** A code as some library prints it. */
    static String printed(String code) {
        if (HEX.matcher(code).matches()) {
            long number = Long.decode(code);
            return number < 0 ? negative(-number) : positive(number);
        }
        if (DECIMAL.matcher(code).matches() && code.startsWith("-")) {
            return negative(-Long.parseLong(code));
        }
        return code;
    }

    static long number(String text) {
        boolean known = HEX.matcher(text).matches() || DECIMAL.matcher(text).matches();
        return known ? (text.contains("x") || text.contains("X") ? Long.decode(text) : Long.parseLong(text)) : 0;
    }

    /** How much a code says: mbedTLS's more than esp-tls's or an errno, those more than 0 (protocol reference 5). */
    static int weight(@Nullable String code) {
        if (code == null) {
            return 0;
        }
        return code.startsWith("-") ? 3 : code.equals("0") ? 1 : 2;
    }

    /** As {@code ESP_LOGE("... -0x%04X", -ret)} prints it. */
    private static String negative(long magnitude) {
        return String.format(Locale.ROOT, "-0x%04X", magnitude);
    }

    private static String positive(long number) {
        return number == 0 ? "0" : "0x" + Long.toHexString(number);
    }
}
