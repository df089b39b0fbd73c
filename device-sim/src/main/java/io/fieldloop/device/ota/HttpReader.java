package io.fieldloop.device.ota;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an HTTP answer as the firmware's client does (78/esp-ml307, src/http_client.cc), which is not as RFC 9112 says.
 *
 * <p>The protocol's name and version are not looked at, an interim 100 is the final status, and a body without a length ends with the
 * connection. Where the line end behind a chunk arrives later than the chunk, the client takes it for a chunk size, which is none, and
 * so for the last one: the rest of the body is lost without a word.
 */
final class HttpReader {
    /** The client has no limit; its heap has. */
    private static final int LINE_BYTES_MAX = 64 * 1024;

    private static final Pattern LENGTH = Pattern.compile("\\s*[+]?\\d{1,18}");
    private static final Pattern CHUNK_SIZE = Pattern.compile("\\s*(0[xX])?[0-9A-Fa-f]{1,8}");
    private static final int STATUS_MIN = 100;
    private static final int STATUS_MAX = 999;

    private enum State {
        STATUS_LINE,
        HEADERS,
        BODY,
        CHUNK_SIZE,
        CHUNK_DATA,
        CHUNK_TRAILER,
        COMPLETE
    }

    private final ByteBuf received = Unpooled.buffer();
    private final ByteBuf body = Unpooled.buffer();
    private final Map<String, String> headers = new HashMap<>();
    private State state = State.STATUS_LINE;
    private int status = -1;
    private boolean headersReceived;
    private boolean chunked;
    private long contentLength;
    private long bodyReceived;
    private long chunkLeft;
    private boolean ended;
    private boolean brokenOff;
    private @Nullable String problem;

    /** Takes over what arrived. */
    void feed(ByteBuf data) {
        received.discardReadBytes().writeBytes(data);
        boolean more = problem == null;
        while (more && received.isReadable() && state != State.COMPLETE) {
            more = step() && problem == null;
        }
    }

    /** The connection is over; only now does a body without a length have its end. */
    void disconnected() {
        boolean whole = chunked ? state == State.COMPLETE : contentLength == 0 || bodyReceived >= contentLength;
        if (headersReceived && !whole) {
            brokenOff = true;
        } else {
            ended = true;
        }
    }

    boolean headersReceived() {
        return headersReceived;
    }

    /** What the client logs of an answer that is no HTTP; null for one it can read. */
    @Nullable
    String problem() {
        return problem;
    }

    int status() {
        return status;
    }

    /** What the client says of the body's length: 0 where it is chunked or has none. */
    long bodyLength() {
        return chunked ? 0 : contentLength;
    }

    long announced() {
        return contentLength;
    }

    long bodyReceived() {
        return bodyReceived;
    }

    /** Whether the body has its end. */
    boolean ended() {
        return ended;
    }

    /** Whether the connection was over before the body was. */
    boolean brokenOff() {
        return brokenOff;
    }

    /** What has arrived of the body and was not taken yet. */
    ByteBuf body() {
        return body;
    }

    /** False where more has to arrive. */
    private boolean step() {
        if (state == State.BODY) {
            take(received.readableBytes());
            if (contentLength > 0 && bodyReceived >= contentLength) {
                complete();
            }
            return true;
        }
        if (state == State.CHUNK_DATA) {
            return chunkData();
        }
        int length = received.bytesBefore((byte) '\n');
        if (length < 0) {
            problem = received.readableBytes() > LINE_BYTES_MAX ? "Out of memory" : null;
            return false;
        }
        String line =
                received.readCharSequence(length, StandardCharsets.ISO_8859_1).toString();
        received.skipBytes(1);
        line(line.endsWith("\r") ? line.substring(0, length - 1) : line);
        return true;
    }

    private void line(String line) {
        switch (state) {
            case STATUS_LINE -> statusLine(line);
            case HEADERS -> header(line);
            case CHUNK_SIZE -> {
                chunkLeft = chunkSize(line);
                state = chunkLeft == 0 ? State.CHUNK_TRAILER : State.CHUNK_DATA;
            }
            default -> {
                if (line.isEmpty()) {
                    complete();
                }
            }
        }
    }

    private void statusLine(String line) {
        String[] words = line.trim().split("\\s+", 3);
        if (words.length < 2) {
            problem = "Invalid status line: " + line;
            return;
        }
        status = words[1].matches("\\d{1,9}") ? Integer.parseInt(words[1]) : -1;
        if (status < STATUS_MIN || status > STATUS_MAX) {
            problem = "Parse status code failed: " + words[1];
        }
        state = State.HEADERS;
    }

    private void header(String line) {
        int colon = line.indexOf(':');
        if (line.isEmpty()) {
            headersEnd();
        } else if (colon < 0) {
            problem = "Invalid header line: " + line;
        } else {
            headers.put(
                    line.substring(0, colon).trim().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
    }

    private void headersEnd() {
        headersReceived = true;
        chunked = headers.getOrDefault("transfer-encoding", "").contains("chunked");
        if (chunked) {
            state = State.CHUNK_SIZE;
            return;
        }
        state = State.BODY;
        String length = headers.getOrDefault("content-length", "0");
        contentLength = LENGTH.matcher(length).matches() ? Long.parseLong(length.trim()) : 0;
    }

    private boolean chunkData() {
        int available = (int) Math.min(received.readableBytes(), chunkLeft);
        take(available);
        chunkLeft -= available;
        if (chunkLeft == 0) {
            boolean lineEnd = received.readableBytes() >= 2
                    && received.getByte(received.readerIndex()) == '\r'
                    && received.getByte(received.readerIndex() + 1) == '\n';
            received.skipBytes(lineEnd ? 2 : 0);
            state = State.CHUNK_SIZE;
        }
        return true;
    }

    private static long chunkSize(String line) {
        int semicolon = line.indexOf(';');
        String size = (semicolon < 0 ? line : line.substring(0, semicolon)).stripTrailing();
        return CHUNK_SIZE.matcher(size).matches() ? Long.parseLong(size.strip().replaceFirst("^0[xX]", ""), 16) : 0;
    }

    private void take(int bytes) {
        body.discardReadBytes().writeBytes(received, bytes);
        bodyReceived += bytes;
    }

    private void complete() {
        state = State.COMPLETE;
        ended = true;
    }
}
