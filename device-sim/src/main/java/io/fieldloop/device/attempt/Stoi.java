package io.fieldloop.device.attempt;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code std::stoi}, by which the firmware reads ports and versions: blanks, a sign and digits; what follows is not looked at. */
public final class Stoi {
    private static final Pattern NUMBER = Pattern.compile("\\s*([+-]?\\d+)", Pattern.DOTALL);

    private Stoi() {}

    /** It threw, which nobody in the firmware catches: the device aborts and restarts. */
    public static final class ThrownException extends Exception {
        private static final long serialVersionUID = 1L;

        private ThrownException(String what) {
            super(what);
        }
    }

    public static int of(String text) throws ThrownException {
        Matcher number = NUMBER.matcher(text);
        if (!number.lookingAt()) {
            throw new ThrownException("std::invalid_argument");
        }
        try {
            return Integer.parseInt(number.group(1));
        } catch (NumberFormatException tooLarge) {
            throw new ThrownException("std::out_of_range");
        }
    }
}
