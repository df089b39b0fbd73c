package io.fieldloop.server.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/**
 * One answer of the admin listener.
 *
 * @param contentPolicy the Content-Security-Policy; only pages may run anything
 */
record AdminAnswer(HttpResponseStatus status, String contentType, String body, String contentPolicy) {
    static final String TEXT = "text/plain; charset=utf-8";

    static final String NOTHING_RUNS = "default-src 'none'; frame-ancestors 'none'";
    private static final ObjectMapper JSON = new ObjectMapper();

    static AdminAnswer json(HttpResponseStatus status, JsonNode content) {
        try {
            String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n";
            return new AdminAnswer(status, "application/json; charset=utf-8", text, NOTHING_RUNS);
        } catch (JsonProcessingException e) {
            throw new AssertionError("A JSON tree can always be written", e);
        }
    }

    static AdminAnswer text(HttpResponseStatus status, String contentType, String body) {
        return new AdminAnswer(status, contentType, body, NOTHING_RUNS);
    }

    static AdminAnswer page(String html, String contentPolicy) {
        return new AdminAnswer(HttpResponseStatus.OK, "text/html; charset=utf-8", html, contentPolicy);
    }

    /** One sentence for whoever asked. */
    static AdminAnswer refused(HttpResponseStatus status, String sentence) {
        return text(status, TEXT, sentence + "\n");
    }

    /** With the length of the body even where HEAD leaves the body out. */
    FullHttpResponse encode(boolean withBody) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, withBody ? Unpooled.wrappedBuffer(bytes) : Unpooled.EMPTY_BUFFER);
        HttpHeaders headers = response.headers();
        guard(headers, contentType, contentPolicy);
        headers.set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
        if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            headers.set(HttpHeaderNames.ALLOW, "GET, HEAD");
        }
        return response;
    }

    /** Nobody keeps the answer, and no other site can read it or run it. */
    static void guard(HttpHeaders headers, String contentType, String contentPolicy) {
        headers.set(HttpHeaderNames.CONTENT_TYPE, contentType);
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, contentPolicy);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Referrer-Policy", "no-referrer");
    }
}
