package io.fieldloop.scenario.diagnose.number;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A number as somebody printed it.
 *
 * @param value signed; 32 bits printed without a sign are read as with one
 * @param hex whether it was printed in hexadecimal
 */
record PrintedNumber(long value, boolean hex) {
    private static final Pattern HEX = Pattern.compile("[-+]?0[xX][0-9a-fA-F]{1,8}");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?\\d{1,10}");
    private static final long SIGN_BIT = 1L << 31;
    private static final long WRAP = 1L << 32;

    /** Empty where the text is no number. */
    static Optional<PrintedNumber> parse(String text) {
        String trimmed = text.strip();
        boolean hex = HEX.matcher(trimmed).matches();
        if (!hex && !DECIMAL.matcher(trimmed).matches()) {
            return Optional.empty();
        }
        long value = hex ? Long.decode(trimmed) : Long.parseLong(trimmed);
        return Optional.of(new PrintedNumber(value >= SIGN_BIT && value < WRAP ? value - WRAP : value, hex));
    }
}
