package io.fieldloop.scenario.shape;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks addresses and networks in scenario files, without asking a name server. */
final class Addresses {
    static final String PATTERN =
            "[0-9]{1,3}(\\.[0-9]{1,3}){3}(/[0-9]{1,2})?|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(/[0-9]{1,3})?";

    private static final Pattern V4 = Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");

    private Addresses() {}

    static String network(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        int bits = bits(address);
        if (slash >= 0) {
            String prefix = text.substring(slash + 1);
            if (!PREFIX.matcher(prefix).matches() || Integer.parseInt(prefix) > bits) {
                throw new IllegalArgumentException("has a prefix that is not between /0 and /" + bits);
            }
        }
        return text;
    }

    static String loopback(String text) {
        if (!isV4(text) || !text.startsWith("127.")) {
            throw new IllegalArgumentException("is not a loopback address");
        }
        return text;
    }

    private static int bits(String address) {
        if (isV4(address)) {
            return 32;
        }
        if (isV6(address)) {
            return 128;
        }
        throw new IllegalArgumentException("is not an address");
    }

    private static boolean isV4(String text) {
        Matcher parts = V4.matcher(text);
        if (!parts.matches()) {
            return false;
        }
        for (int part = 1; part <= 4; part++) {
            if (Integer.parseInt(parts.group(part)) > 255) {
                return false;
            }
        }
        return true;
    }

    private static boolean isV6(String text) {
        if (!V6.matcher(text).matches()) {
            return false;
        }
        try {
            // A text with a colon is never looked up: it is a literal or an error.
            return InetAddress.getByName(text) != null;
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }
}
