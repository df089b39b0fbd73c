package io.fieldloop.device.modem.ppp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that is negotiated, such as an address; its value's bytes are characters. */
record PppOption(int type, String value) {

    private static final int HEADER_BYTES = 2;

    /** Null where a length is wrong. */
    static @Nullable List<PppOption> parse(String bytes) {
        List<PppOption> options = new ArrayList<>();
        int from = 0;
        while (from < bytes.length()) {
            int length = from + 1 < bytes.length() ? bytes.charAt(from + 1) : 0;
            if (length < HEADER_BYTES || from + length > bytes.length()) {
                return null;
            }
            options.add(new PppOption(bytes.charAt(from), bytes.substring(from + HEADER_BYTES, from + length)));
            from += length;
        }
        return options;
    }

    static String encode(List<PppOption> options) {
        StringBuilder bytes = new StringBuilder();
        for (PppOption option : options) {
            bytes.append((char) option.type)
                    .append((char) (HEADER_BYTES + option.value.length()))
                    .append(option.value);
        }
        return bytes.toString();
    }
}
