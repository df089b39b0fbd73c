package io.fieldloop.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Answers those who want to change something: {@code POST /faults} and {@code DELETE /faults/NUMBER}.
 *
 * <p>A web site of somebody else's cannot know the token, and a browser names the site in Origin, which must be the Host that
 * was called, and asks before it sends JSON elsewhere; each of the three is checked, so that none has to be relied on.
 */
final class Steering {
    static final String PATH = "/faults";

    private static final String BEARER = "Bearer ";

    private final FaultControl control;
    private final byte[] token;

    Steering(FaultControl control, String token) {
        this.control = control;
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    JsonNode faults() {
        return control.faults();
    }

    /** What each of them is and takes. */
    JsonNode kinds() {
        return control.kinds();
    }

    /** @param path of the request, without its query */
    AdminAnswer answer(FullHttpRequest request, String path) {
        AdminAnswer refusal = refusal(request.headers());
        if (refusal != null) {
            return refusal;
        }
        if (request.method().equals(HttpMethod.POST) && path.equals(PATH)) {
            return begin(request);
        }
        return request.method().equals(HttpMethod.DELETE) && path.startsWith(PATH + "/")
                ? end(path.substring(PATH.length() + 1))
                : AdminAnswer.refused(
                        HttpResponseStatus.METHOD_NOT_ALLOWED,
                        "Nothing can be changed here; there are POST " + PATH + " and DELETE " + PATH + "/NUMBER.");
    }

    private @Nullable AdminAnswer refusal(HttpHeaders headers) {
        String origin = headers.get(HttpHeaderNames.ORIGIN);
        if (origin != null && !origin.equals("http://" + headers.get(HttpHeaderNames.HOST))) {
            return AdminAnswer.refused(
                    HttpResponseStatus.FORBIDDEN,
                    "The Origin header names another site; only this listener's page may.");
        }
        String given = headers.get(HttpHeaderNames.AUTHORIZATION, "");
        boolean known = given.startsWith(BEARER)
                && MessageDigest.isEqual(given.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8), token);
        return known
                ? null
                : AdminAnswer.refused(
                        HttpResponseStatus.UNAUTHORIZED,
                        "The header Authorization is not 'Bearer TOKEN' with the token that was printed at the start.");
    }

    private AdminAnswer begin(FullHttpRequest request) {
        String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            return AdminAnswer.refused(
                    HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE, "The Content-Type is not application/json.");
        }
        try {
            return AdminAnswer.json(
                    HttpResponseStatus.CREATED, control.begin(request.content().toString(StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException wrong) {
            return AdminAnswer.refused(HttpResponseStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
        }
    }

    private AdminAnswer end(String number) {
        return number.matches("[0-9]{1,18}") && control.end(Long.parseLong(number))
                ? AdminAnswer.json(HttpResponseStatus.OK, control.faults())
                : AdminAnswer.refused(
                        HttpResponseStatus.NOT_FOUND, "No fault has this number; GET " + PATH + " lists them.");
    }
}
