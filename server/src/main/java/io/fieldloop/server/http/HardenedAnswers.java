package io.fieldloop.server.http;

import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.http.HttpAnswer.Header;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Words the refusals of a hardened gateway: status, reason for machines, sentence for people. */
public final class HardenedAnswers {
    private HardenedAnswers() {}

    /** The answer for the reason, or null where nothing is to be said in HTTP. */
    public static @Nullable HttpAnswer to(RefusalReason reason, Duration retryAfter) {
        Integer status = reason.status();
        if (status == null) {
            return null;
        }
        if (reason == RefusalReason.HTTP_ON_TLS) {
            return httpOnTls();
        }
        String body = "{\"reason\":\"" + reason.wireName() + "\",\"message\":\"" + reason.explanation() + "\"}\n";
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Content-Type", "application/json"));
        headers.add(new Header("Content-Length", length(body)));
        headers.add(new Header("Connection", "close"));
        headers.add(new Header("X-Fieldloop-Reason", reason.wireName()));
        switch (status) {
            case 405 -> headers.add(new Header("Allow", "GET"));
            case 426 -> {
                headers.add(new Header("Upgrade", "websocket"));
                headers.add(new Header("Sec-WebSocket-Version", "13"));
            }
            case 429 -> headers.add(new Header("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds()))));
            default -> {}
        }
        return HttpAnswer.of(status, headers, body);
    }

    /** In the words of nginx, which whoever debugs this has seen before. */
    private static HttpAnswer httpOnTls() {
        String body = "The plain HTTP request was sent to HTTPS port\n";
        return HttpAnswer.of(
                400,
                List.of(
                        new Header("Content-Type", "text/plain"),
                        new Header("Content-Length", length(body)),
                        new Header("Connection", "close"),
                        new Header("X-Fieldloop-Reason", RefusalReason.HTTP_ON_TLS.wireName())),
                body);
    }

    private static String length(String body) {
        return Integer.toString(body.getBytes(StandardCharsets.UTF_8).length);
    }
}
