package io.fieldloop.server.http;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.regex.Pattern;

/**
 * What a request asks for, in whichever form it is written.
 *
 * <p>A client that takes the gateway for a proxy writes {@code GET http://host/path}, and a server has to take that (RFC 9112,
 * section 3.2.2).
 */
public final class RequestTarget {
    private static final Pattern ORIGIN = Pattern.compile("(?:https?|wss?)://[^/?#]*", Pattern.CASE_INSENSITIVE);

    private RequestTarget() {}

    /** Path and query, without scheme and authority. */
    public static QueryStringDecoder of(HttpRequest request) {
        String path = ORIGIN.matcher(request.uri()).lookingAt()
                ? ORIGIN.matcher(request.uri()).replaceFirst("")
                : request.uri();
        return new QueryStringDecoder(path);
    }
}
