package io.fieldloop.scenario.probe.wire;

import io.fieldloop.device.profile.Dialect;
import io.fieldloop.device.websocket.Identity;
import io.fieldloop.device.websocket.UpgradeRequest;
import io.fieldloop.device.websocket.WebSocketKey;
import io.fieldloop.device.websocket.WebSocketUrl;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An upgrade request as the stock firmware writes it, and the changes to it that a server ought to refuse. */
public record UpgradeAsk(
        ServerUrl url,
        Identity identity,
        String key,
        String path,
        String firstLine,
        Map<String, @Nullable String> edits) {
    public static UpgradeAsk of(ServerUrl url, Identity identity, SecureRandom random) {
        return new UpgradeAsk(
                url, identity, WebSocketKey.next(random), url.path(), "GET %s HTTP/1.1", new LinkedHashMap<>());
    }

    public UpgradeAsk withHeader(String name, @Nullable String value) {
        Map<String, @Nullable String> more = new LinkedHashMap<>(edits);
        more.put(name, value);
        return new UpgradeAsk(url, identity, key, path, firstLine, more);
    }

    public UpgradeAsk withPath(String other) {
        return new UpgradeAsk(url, identity, key, other, firstLine, edits);
    }

    /** The same request to another path; {@code %s} of {@code other} stands for that path. */
    public UpgradeAsk withFirstLine(String other) {
        return new UpgradeAsk(url, identity, key, path, other, edits);
    }

    public String text() {
        WebSocketUrl target = new WebSocketUrl(url.host(), url.port(), path, url.tls());
        String asDevice = UpgradeRequest.write(Dialect.XIAOZHI_WIFI, target, identity, key, edits);
        return firstLine.replace("%s", path) + asDevice.substring(asDevice.indexOf("\r\n"));
    }

    /** What a right answer has in {@code Sec-WebSocket-Accept}. */
    public String accept() {
        return WebSocketKey.acceptOf(key);
    }
}
