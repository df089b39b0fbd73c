package io.fieldloop.server.ota;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.http.RequestTarget;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A whole request to the OTA listener, read the way its rules need it. */
final class OtaRequest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A host name or address, an IPv6 one in brackets, and a port where there is one. */
    private static final Pattern HOST =
            Pattern.compile("((?:[A-Za-z0-9._-]{1,253})|(?:\\[[0-9A-Fa-f:.]{2,45}]))(?::\\d{1,5})?");

    private final HttpRequest head;
    private final String body;
    private final InetAddress source;
    private final boolean secured;

    OtaRequest(HttpRequest head, String body, InetAddress source, boolean secured) {
        this.head = head;
        this.body = body;
        this.source = source;
        this.secured = secured;
    }

    String method() {
        return head.method().name();
    }

    boolean isHead() {
        return method().equals("HEAD");
    }

    /** Whether something is asked for rather than told. */
    boolean isRead() {
        return method().equals("GET") || isHead();
    }

    String path() {
        return RequestTarget.of(head).rawPath();
    }

    HttpHeaders headers() {
        return head.headers();
    }

    @Nullable
    String header(String name) {
        return head.headers().get(name);
    }

    @Nullable
    String deviceId() {
        return header("Device-Id");
    }

    String clientId() {
        String given = header("Client-Id");
        return given == null ? "" : given;
    }

    InetAddress source() {
        return source;
    }

    /** The one Host header, if there is one and it names a host. */
    Optional<String> authority() {
        return head.headers().getAll(HttpHeaderNames.HOST).size() == 1
                ? Optional.of(head.headers().get(HttpHeaderNames.HOST))
                        .filter(host -> HOST.matcher(host).matches())
                : Optional.empty();
    }

    /** The host it was asked at, without the port; {@code localhost} where the request does not say. */
    String host() {
        Matcher host = HOST.matcher(authority().orElse("localhost"));
        return host.matches() ? host.group(1) : "localhost";
    }

    /** The URL of another path of this listener, as the client reaches it. */
    String urlOf(String path) {
        return (secured ? "https://" : "http://") + authority().orElse("localhost") + path;
    }

    boolean isJson() {
        String type = header("Content-Type");
        return type != null && type.split(";", 2)[0].trim().equalsIgnoreCase("application/json");
    }

    /** The body, if it is a JSON object. */
    Optional<ObjectNode> json() {
        try {
            return JSON.readTree(body) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        }
    }

    /** What the device says it runs; null where it does not say. */
    @Nullable
    String version() {
        return text("application", "version");
    }

    /** What the device says it is; {@code default} where it does not say. */
    String boardType() {
        String type = text("board", "type");
        return type == null || type.isBlank() ? "default" : type;
    }

    private @Nullable String text(String section, String key) {
        JsonNode value = json().map(object -> object.path(section).path(key)).orElse(null);
        return value != null && value.isTextual() ? value.textValue() : null;
    }
}
