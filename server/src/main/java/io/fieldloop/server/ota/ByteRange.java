package io.fieldloop.server.ota;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The part of a body that is sent (RFC 9110, 14). */
record ByteRange(int first, int length) {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** The length of what is nowhere in the body. */
    private static final ByteRange NOTHING = new ByteRange(0, 0);

    /**
     * What a Range header asks for; empty where there is nothing, and everything where there is no header, or one that no server has to
     * understand, such as several ranges.
     */
    static ByteRange asked(@Nullable String header, int length) {
        ByteRange everything = new ByteRange(0, length);
        Matcher one = ONE.matcher(header == null ? "" : header.trim());
        if (!one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
            return everything;
        }
        if (one.group(1).isEmpty()) {
            int bytes = (int) Math.min(Long.parseLong(one.group(2)), length);
            return new ByteRange(length - bytes, bytes);
        }
        long first = Long.parseLong(one.group(1));
        long last = one.group(2).isEmpty() ? length - 1L : Long.parseLong(one.group(2));
        if (last < first && !one.group(2).isEmpty()) {
            return everything;
        }
        return first >= length ? NOTHING : new ByteRange((int) first, (int) (Math.min(last, length - 1L) - first + 1));
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** As the header Content-Range says it. */
    String contentRange(int of) {
        return "bytes " + (isEmpty() ? "*" : first + "-" + (first + length - 1)) + "/" + of;
    }
}
