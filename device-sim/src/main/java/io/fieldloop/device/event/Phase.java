package io.fieldloop.device.event;

import java.util.Locale;

/** How far an attempt to open the channel has come. */
public enum Phase {
    /** The URL is looked at and the host name resolved. */
    DNS,
    /** SYN sent, no answer yet. */
    TCP,
    /** ClientHello sent, handshake not finished. */
    TLS,
    /** Upgrade request sent, answer incomplete. */
    UPGRADE,
    /** The device's hello is sent, the server's is awaited. */
    HELLO,
    /** The attempt has its outcome. */
    OVER;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
