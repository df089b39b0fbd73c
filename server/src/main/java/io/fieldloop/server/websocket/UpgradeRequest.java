package io.fieldloop.server.websocket;

import io.fieldloop.server.http.RequestTarget;
import io.fieldloop.server.session.DeviceIdentity;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A parsed request head, read the way the checks need it. */
public final class UpgradeRequest {
    /** The path devices are documented to use; the slash at its end is optional. */
    public static final String DEVICE_PATH = "/xiaozhi/v1/";

    private static final int KEY_BYTES = 16;
    private static final List<String> PROTOCOL_VERSIONS = List.of("1", "2", "3");

    private final HttpRequest request;
    private final QueryStringDecoder target;

    UpgradeRequest(HttpRequest request) {
        this.request = request;
        this.target = RequestTarget.of(request);
    }

    String method() {
        return request.method().name();
    }

    boolean isHttp11() {
        return request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    }

    String path() {
        return target.rawPath();
    }

    HttpHeaders headers() {
        return request.headers();
    }

    @Nullable
    String header(String name) {
        return request.headers().get(name);
    }

    /** All values of a header in one line, or null where there is none. */
    @Nullable
    String all(CharSequence name) {
        List<String> values = headers().getAll(name);
        return values.isEmpty() ? null : String.join(", ", values);
    }

    boolean listHas(CharSequence name, String token) {
        for (String value : headers().getAll(name)) {
            for (String each : value.split(",", -1)) {
                if (each.trim().equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the request carries a body, which an upgrade never does. */
    boolean hasBody() {
        String length = headers().get(HttpHeaderNames.CONTENT_LENGTH);
        return headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                || (length != null && !length.trim().equals("0"));
    }

    /** The key if there is exactly one and it is 16 bytes in base64 (RFC 6455, 4.1). */
    @Nullable
    String key() {
        List<String> keys = headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        if (keys.size() != 1) {
            return null;
        }
        try {
            String key = keys.get(0).trim();
            return Base64.getDecoder().decode(key).length == KEY_BYTES ? key : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    boolean versionIs13() {
        return headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_VERSION).equals(List.of("13"));
    }

    /** A value a device sends as a header and a browser, which cannot, in the query. */
    @Nullable
    String headerOrQuery(String name) {
        String header = header(name);
        if (header != null) {
            return header;
        }
        List<String> values = query().get(name);
        return values == null ? null : values.get(0);
    }

    DeviceIdentity identity() {
        String version = header("Protocol-Version");
        return new DeviceIdentity(
                headerOrQuery("device-id"),
                headerOrQuery("client-id"),
                path(),
                version != null && PROTOCOL_VERSIONS.contains(version) ? Integer.parseInt(version) : 1,
                List.of("mqtt_gateway").equals(query().get("from")));
    }

    private Map<String, List<String>> query() {
        try {
            return target.parameters();
        } catch (IllegalArgumentException brokenPercentEncoding) {
            return Map.of();
        }
    }
}
