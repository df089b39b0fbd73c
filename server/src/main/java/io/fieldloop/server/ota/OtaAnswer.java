package io.fieldloop.server.ota;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.http.HttpAnswer;
import io.fieldloop.server.http.HttpAnswer.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be answered, before any fault bends it. */
sealed interface OtaAnswer {
    /** The request is refused, and recorded as such. */
    record Refused(
            RefusalReason reason,
            @Nullable String detail,
            @Nullable HttpAnswer answer) implements OtaAnswer {}

    /** What a device is handed out. */
    record Checked(ObjectNode json) implements OtaAnswer {}

    /** Whether a device is bound. */
    record Activation(int status, String body) implements OtaAnswer {}

    /** Firmware. */
    record Download(FirmwareImage image, ByteRange range, List<Header> headers) implements OtaAnswer {
        int status() {
            return range.length() == image.length() ? 200 : 206;
        }
    }

    /** Words for people, or an error a device takes for an answer. */
    record Words(int status, String contentType, String body) implements OtaAnswer {}

    String JSON = "application/json";

    /** An answer of text that says how long it is and that the connection ends behind it. */
    static HttpAnswer http(int status, String contentType, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return HttpAnswer.of(
                status,
                List.of(
                        new Header("Content-Type", contentType),
                        new Header("Content-Length", Integer.toString(length)),
                        new Header("Connection", "close")),
                body);
    }
}
