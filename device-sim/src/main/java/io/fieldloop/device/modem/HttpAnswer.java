package io.fieldloop.device.modem;

import java.util.Locale;
import java.util.function.ObjIntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTTP answer as its bytes arrive, as RFC 9112 has it: head, then a body of a length, in chunks, or to the connection's end. */
final class HttpAnswer {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.\\d (\\d{3})");
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d{1,9})");
    private static final Pattern CHUNKED = Pattern.compile("\r\ntransfer-encoding:.*chunked");
    private static final String HEAD_END = "\r\n\r\n";
    private static final int NO_BODY = 204;
    private static final int NOT_MODIFIED = 304;

    /** Takes a piece of the body. */
    interface Pieces {
        void take(int total, int sum, String bytes);
    }

    private final ObjIntConsumer<String> heads;
    private final Pieces pieces;
    private final StringBuilder received = new StringBuilder();
    private boolean headed;
    private boolean chunked;
    private boolean toTheEnd;
    private boolean whole;
    private int total;
    private int sum;

    /** @param heads told of the head with its status line, and of the status */
    HttpAnswer(ObjIntConsumer<String> heads, Pieces pieces) {
        this.heads = heads;
        this.pieces = pieces;
    }

    boolean isWhole() {
        return whole;
    }

    /** Whether the end of the connection is that of the answer. */
    boolean endsWithConnection() {
        return toTheEnd;
    }

    void feed(String bytes) {
        received.append(bytes);
        int end = headed ? 0 : received.indexOf(HEAD_END);
        if (!headed && end >= 0) {
            head(received.substring(0, end + HEAD_END.length()));
            received.delete(0, end + HEAD_END.length());
        }
        if (headed && chunked) {
            chunks();
        } else if (headed && received.length() > 0) {
            take(received.toString());
            received.setLength(0);
            whole = !toTheEnd && sum >= total;
        }
    }

    private void head(String head) {
        Matcher status = STATUS.matcher(head);
        int number = status.lookingAt() ? Integer.parseInt(status.group(1)) : 0;
        String lower = head.toLowerCase(Locale.ROOT);
        Matcher length = LENGTH.matcher(lower);
        boolean measured = length.find();
        headed = true;
        chunked = CHUNKED.matcher(lower).find();
        total = measured && !chunked ? Integer.parseInt(length.group(1)) : 0;
        boolean none = number == NO_BODY || number == NOT_MODIFIED || (measured && total == 0);
        toTheEnd = !chunked && !measured && !none;
        heads.accept(head, number);
        if (none) {
            whole = true;
            take("");
        }
    }

    /** Each as a whole; the last one is empty. */
    private void chunks() {
        for (int line = received.indexOf("\r\n"); line >= 0 && !whole; line = received.indexOf("\r\n")) {
            int size = sizeOf(received.substring(0, line));
            int next = line + 2 + size + 2;
            if (received.length() < next) {
                return;
            }
            take(received.substring(line + 2, line + 2 + size));
            received.delete(0, next);
            whole = size == 0;
        }
    }

    private static int sizeOf(String line) {
        String digits = line.replaceFirst(";.*", "").strip();
        return digits.matches("[0-9A-Fa-f]{1,7}") ? Integer.parseInt(digits, 16) : 0;
    }

    private void take(String bytes) {
        sum += bytes.length();
        pieces.take(total, sum, bytes);
    }
}
