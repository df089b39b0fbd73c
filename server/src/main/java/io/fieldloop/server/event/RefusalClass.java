package io.fieldloop.server.event;

/** What kind of trouble a refused handshake is; the level at which refusals are counted, summarised and alarmed on. */
public enum RefusalClass {
    RDP_SCAN,
    SSH_SCAN,
    SMB_SCAN,
    TLS_ON_PLAIN,
    HTTP_ON_TLS,
    NOT_HTTP,
    NOT_MQTT,
    TIMEOUT,
    EOF,
    HTTP_REQUEST,
    MALFORMED_UPGRADE,
    MALFORMED_CONNECT,
    BAD_VERSION,
    BAD_ORIGIN,
    DEVICE_ID,
    TOKEN,
    CREDENTIALS,
    ADDRESS,
    RATE,
    OVERSIZE,
    TLS,
    OTA,
    INTERNAL;

    /** Kebab-case, as in events and scenario files. */
    public String wireName() {
        return WireNames.kebab(name());
    }
}
