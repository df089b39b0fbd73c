package io.fieldloop.device.websocket;

import io.fieldloop.device.event.FailureReason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Judges a complete response head by RFC 6455 section 4.1 for a client that offered no subprotocol and no extension. */
final class StrictResponse {

    /** What RFC 9110 section 5.5 lets stand in a header's value, and RFC 9112 section 4 in the words behind a status. */
    private static final String TEXT = "[\\t\\x20-\\x7E\\x80-\\xFF]";

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 (\\d{3})( " + TEXT + "*)?");
    private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(" + TEXT + "*?)[ \t]*");

    private StrictResponse() {}

    /** An answer of 1xx other than 101 comes before the one that counts (RFC 9110 section 15.2). */
    static boolean isInterim(String block) {
        Matcher statusLine = STATUS_LINE.matcher(block.substring(0, block.indexOf("\r\n")));
        return statusLine.matches()
                && statusLine.group(1).startsWith("1")
                && !statusLine.group(1).equals("101");
    }

    static UpgradeVerdict judge(String block, String expectedAccept) {
        List<String> lines = List.of(block.substring(0, block.length() - 4).split("\r\n", -1));
        Matcher statusLine = STATUS_LINE.matcher(lines.get(0));
        if (!statusLine.matches()) {
            return UpgradeVerdict.failed(FailureReason.RESPONSE_MALFORMED, null);
        }
        int status = Integer.parseInt(statusLine.group(1));
        if (status != 101) {
            return UpgradeVerdict.failed(FailureReason.UPGRADE_REFUSED, status);
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            Matcher header = HEADER.matcher(line);
            if (!header.matches()) {
                return UpgradeVerdict.failed(FailureReason.RESPONSE_MALFORMED, status);
            }
            headers.merge(header.group(1).toLowerCase(Locale.ROOT), header.group(2), (one, two) -> one + ", " + two);
        }
        return judgeHeaders(headers, expectedAccept);
    }

    private static UpgradeVerdict judgeHeaders(Map<String, String> headers, String expectedAccept) {
        boolean upgraded = headers.getOrDefault("upgrade", "").equalsIgnoreCase("websocket")
                && List.of(headers.getOrDefault("connection", "")
                                .toLowerCase(Locale.ROOT)
                                .split("[ \t]*,[ \t]*"))
                        .contains("upgrade")
                && !headers.containsKey("sec-websocket-protocol")
                && !headers.containsKey("sec-websocket-extensions");
        String accept = headers.get("sec-websocket-accept");
        if (!upgraded) {
            return UpgradeVerdict.failed(FailureReason.RESPONSE_MALFORMED, 101);
        }
        if (accept == null) {
            return UpgradeVerdict.failed(FailureReason.ACCEPT_MISSING, 101);
        }
        return accept.equals(expectedAccept)
                ? UpgradeVerdict.accepted(101)
                : UpgradeVerdict.failed(FailureReason.ACCEPT_WRONG, 101);
    }
}
