package io.fieldloop.device.websocket;

import io.fieldloop.device.profile.Dialect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the upgrade request with the header names, order and case of each client library. */
public final class UpgradeRequest {

    private record Header(String name, String value) {}

    private final Dialect dialect;
    private final WebSocketUrl url;
    private final List<Header> headers;

    private UpgradeRequest(Dialect dialect, WebSocketUrl url, List<Header> headers) {
        this.dialect = dialect;
        this.url = url;
        this.headers = headers;
    }

    /**
     * The request text, ready to be sent in one piece.
     *
     * @param key the {@code Sec-WebSocket-Key}: 16 random bytes in base64
     * @param edits a scenario's changes: a value adds or replaces, null omits
     */
    public static String write(
            Dialect dialect, WebSocketUrl url, Identity identity, String key, Map<String, @Nullable String> edits) {
        UpgradeRequest request = new UpgradeRequest(dialect, url, new ArrayList<>());
        request.addOwnHeaders(identity, key);
        edits.forEach(request::edit);
        return request.text();
    }

    private void addOwnHeaders(Identity identity, String key) {
        if (dialect.isXiaozhi()) {
            // Host is without a port even where the port is not the scheme's own; the rest is a std::map, hence sorted.
            add("Host", url.host());
            addIdentity(identity);
            add("Connection", "Upgrade");
            add("Sec-WebSocket-Key", key);
            add("Sec-WebSocket-Version", "13");
            add("Upgrade", "websocket");
            sortAfterHost();
        } else if (dialect == Dialect.ESP_IDF) {
            // tcp_transport/transport_ws.c, ws_connect(): fixed order, the application's own headers last.
            add("Connection", "Upgrade");
            add("Host", url.host() + ":" + url.port());
            add("User-Agent", "ESP32 Websocket Client");
            add("Upgrade", "websocket");
            add("Sec-WebSocket-Version", "13");
            add("Sec-WebSocket-Key", key);
            addIdentity(identity);
        } else {
            boolean ownPort = url.port() == (url.tls() ? 443 : 80);
            add("Host", ownPort ? url.host() : url.host() + ":" + url.port());
            add("Upgrade", "websocket");
            add("Connection", "Upgrade");
            add("Sec-WebSocket-Key", key);
            add("Sec-WebSocket-Version", "13");
            addIdentity(identity);
        }
    }

    private void addIdentity(Identity identity) {
        String authorization = identity.authorization();
        if (authorization != null) {
            add("Authorization", authorization);
        }
        add("Protocol-Version", Integer.toString(identity.protocolVersion()));
        add("Device-Id", identity.deviceId());
        add("Client-Id", identity.clientId());
    }

    private void add(String name, String value) {
        headers.add(new Header(name, value));
    }

    private void edit(String name, @Nullable String value) {
        int place = placeOf(name);
        if (value == null) {
            headers.removeIf(header -> header.name().equalsIgnoreCase(name));
        } else if (place >= 0) {
            headers.set(place, new Header(name, value));
        } else {
            add(name, value);
            if (dialect.isXiaozhi()) {
                sortAfterHost();
            }
        }
    }

    private int placeOf(String name) {
        for (int place = 0; place < headers.size(); place++) {
            if (headers.get(place).name().equalsIgnoreCase(name)) {
                return place;
            }
        }
        return -1;
    }

    private void sortAfterHost() {
        headers.sort(Comparator.comparing((Header header) -> !header.name().equalsIgnoreCase("Host"))
                .thenComparing(Header::name));
    }

    private String text() {
        StringBuilder text = new StringBuilder(384);
        text.append("GET ").append(url.path()).append(" HTTP/1.1\r\n");
        for (Header header : headers) {
            text.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        return text.append("\r\n").toString();
    }
}
