package io.fieldloop.server;

import java.util.LinkedHashMap;
import java.util.Map;

/** Upgrade requests as the firmware writes them, with one thing changed at a time. */
public final class Requests {
    public static final String DEVICE_ID = "10:ff:e0:b3:35:76";
    public static final String CLIENT_ID = "3f1c1f0e-5a3b-4b61-9c63-1d2b8b9f4a10";

    private final Map<String, String> headers = new LinkedHashMap<>();
    private String method = "GET";
    private String target = "/xiaozhi/v1/";
    private String version = "HTTP/1.1";

    private Requests() {
        headers.put("Host", "gateway.test");
        headers.put("Client-Id", CLIENT_ID);
        headers.put("Connection", "Upgrade");
        headers.put("Device-Id", DEVICE_ID);
        headers.put("Protocol-Version", "1");
        headers.put("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        headers.put("Sec-WebSocket-Version", "13");
        headers.put("Upgrade", "websocket");
    }

    public static Requests upgrade() {
        return new Requests();
    }

    public Requests method(String value) {
        method = value;
        return this;
    }

    public Requests target(String value) {
        target = value;
        return this;
    }

    public Requests httpVersion(String value) {
        version = value;
        return this;
    }

    public Requests with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    public Requests without(String header) {
        headers.remove(header);
        return this;
    }

    /** The request; a value with a line break makes the header appear twice. */
    public String text() {
        StringBuilder text = new StringBuilder(method + " " + target + " " + version + "\r\n");
        headers.forEach((name, value) -> value.lines()
                .forEach(line -> text.append(name).append(": ").append(line).append("\r\n")));
        headers.forEach((name, value) -> {
            if (value.isEmpty()) {
                text.append(name).append(":\r\n");
            }
        });
        return text.append("\r\n").toString();
    }
}
