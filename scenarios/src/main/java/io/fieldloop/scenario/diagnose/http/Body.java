package io.fieldloop.scenario.diagnose.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Passes over the body behind a head, by its length, by its chunks, or to the end of the connection. */
final class Body {
    private static final int CHUNK_HEAD_CHARS_MAX = 64;

    private static final int ERROR = 400;
    private static final int KEPT_CHARS = 640;

    private boolean chunked;
    private boolean kept;
    private long left;
    private final StringBuilder beginning = new StringBuilder();
    private final StringBuilder chunkHead = new StringBuilder();

    void begin(Head head, boolean answer) {
        chunked = head.value("Transfer-Encoding")
                .filter(value -> value.toLowerCase(Locale.ROOT).contains("chunked"))
                .isPresent();
        chunkHead.setLength(0);
        kept = head.status() == ERROR;
        left = head.value("Content-Length").map(Body::number).orElse(answer && hasBody(head) ? Long.MAX_VALUE : 0L);
        if (chunked) {
            left = 0;
        }
    }

    private static boolean hasBody(Head answer) {
        return answer.status() >= 200 && answer.status() != 204 && answer.status() != 304;
    }

    private static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    boolean isOpen() {
        return left > 0 || chunked;
    }

    /** How many of these bytes belong to it. */
    int skip(byte[] bytes, int offset, int length) {
        if (left > 0) {
            int part = (int) Math.min(left, length);
            left -= part;
            keep(bytes, offset, part);
            return part;
        }
        int taken = 0;
        while (taken < length && chunked && left == 0) {
            chunkHead((char) bytes[offset + taken++]);
        }
        return taken;
    }

    private void keep(byte[] bytes, int offset, int length) {
        int taken = kept ? Math.min(length, KEPT_CHARS - beginning.length()) : 0;
        beginning.append(new String(bytes, offset, taken, StandardCharsets.ISO_8859_1));
    }

    /** What stands in the bodies of answers 400, as far as it is kept: only there servers say what they did not like. */
    String beginning() {
        return beginning.toString();
    }

    /** The line with a chunk's length; the line break behind the chunk before makes an empty one. */
    private void chunkHead(char next) {
        if (next != '\n') {
            chunkHead.append(next);
            chunked = chunkHead.length() <= CHUNK_HEAD_CHARS_MAX;
            return;
        }
        String line = chunkHead.toString().strip();
        chunkHead.setLength(0);
        if (!line.isEmpty()) {
            String size = line.split("[; ]", 2)[0];
            left = size.matches("[0-9a-fA-F]{1,8}") ? Long.parseLong(size, 16) : 0;
            chunked = left > 0;
        }
    }
}
