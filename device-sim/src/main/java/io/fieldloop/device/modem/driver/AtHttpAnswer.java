package io.fieldloop.device.modem.driver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.LogLevel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.Map;

/**
 * What the lines of the HTTP client inside an ML307 have told of an answer so far.
 *
 * <p>Headers are found as they are written, so that a server's {@code content-length} is none. A piece of the body that is lost ends the
 * exchange.
 */
final class AtHttpAnswer {

    private final DeviceContext context;
    private final Map<String, String> headers = new HashMap<>();
    private final ByteBuf body = Unpooled.buffer();
    private int status = -1;
    private int offset;
    private boolean whole;

    AtHttpAnswer(DeviceContext context) {
        this.context = context;
    }

    /** Negative before there is one. */
    int status() {
        return status;
    }

    long length() {
        String length = headers.getOrDefault("Content-Length", "0");
        return length.matches("\\d{1,18}") ? Long.parseLong(length) : 0;
    }

    /** What has come of it and was not read. */
    ByteBuf body() {
        return body;
    }

    int offset() {
        return offset;
    }

    /** Whether no more of the body comes. */
    boolean isWhole() {
        return whole;
    }

    void end() {
        whole = true;
    }

    void head(AtArguments arguments) {
        whole = false;
        offset = 0;
        body.clear();
        status = arguments.number(2);
        if (arguments.count() >= 5) {
            parse(new String(AtSocket.bytesOf(arguments.text(4)), ISO_8859_1));
        } else {
            log(LogLevel.ERROR, "Missing header");
        }
    }

    private void parse(String head) {
        head.lines().forEach(line -> {
            int colon = line.indexOf(':');
            headers.put(
                    (colon < 0 ? line : line.substring(0, colon)).strip(),
                    colon < 0 ? "" : line.substring(colon + 1).strip());
        });
        if (isChunked()) {
            log(LogLevel.INFO, "Found chunked transfer encoding");
        }
    }

    private boolean isChunked() {
        return headers.getOrDefault("Transfer-Encoding", "").contains("chunked");
    }

    /** False where a piece before this one was lost. */
    boolean content(AtArguments arguments) {
        if (arguments.count() < 5) {
            return true; // which the library reads past its end
        }
        if (arguments.count() >= 6) {
            body.discardReadBytes().writeBytes(AtSocket.bytesOf(arguments.text(5)));
        } else if (arguments.number(4) > 0) {
            log(LogLevel.ERROR, "Missing content");
        }
        int sum = arguments.number(3);
        int length = arguments.number(4);
        whole |= isChunked() ? length == 0 : sum >= arguments.number(2);
        offset += length;
        if (sum > offset) {
            log(LogLevel.ERROR, "body_offset_: " + offset + ", arguments[3].int_value: " + sum);
        }
        return sum <= offset;
    }

    private void log(LogLevel level, String line) {
        context.log(level, AtHttp.TAG, line);
    }
}
