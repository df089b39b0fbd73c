package io.fieldloop.device.profile;

/** Which client library a profile runs on, and with it the shape of its request and of its console lines. */
public enum Dialect {
    /** 78/esp-ml307 over lwIP and esp-tls: tags WS, WebSocket, EspTcp, EspSsl. */
    XIAOZHI_WIFI,
    /** 78/esp-ml307 over the sockets inside an ML307 modem: tags WS, WebSocket, Ml307Tcp. */
    XIAOZHI_MODEM,
    /** esp_websocket_client over tcp_transport: tags websocket_client, transport_ws. */
    ESP_IDF,
    /** No firmware: a client that follows RFC 6455 to the letter. */
    RFC_6455;

    /** Whether the firmware's own WebSocket class runs here, with its header map, URL parser and event bits. */
    public boolean isXiaozhi() {
        return this == XIAOZHI_WIFI || this == XIAOZHI_MODEM;
    }
}
