package io.fieldloop.scenario.model;

import java.util.Locale;

/** What an adversary sends. */
public enum Probe {
    @Doc("RDP connection request with an mstshash cookie, as scanners send it")
    RDP_MSTSHASH,
    @Doc("TLS ClientHello")
    TLS_CLIENT_HELLO,
    @Doc("SSH banner")
    SSH_BANNER,
    @Doc("SMB negotiate request")
    SMB_NEGOTIATE,
    @Doc("plain GET without Upgrade")
    HTTP_GET,
    @Doc("POST")
    HTTP_POST,
    @Doc("HTTP/1.0 request")
    HTTP10,
    @Doc("WebSocket upgrade for another path")
    WRONG_PATH,
    @Doc("connects and says nothing")
    CONNECT_ONLY,
    @Doc("a request at one byte in a while")
    SLOW_DRIP,
    @Doc("random bytes")
    GARBAGE,
    @Doc("a request line without end")
    LONG_LINE,
    @Doc("headers without end")
    MANY_HEADERS,
    @Doc("HTTP/2 connection preface")
    HTTP2_PREFACE,
    @Doc("WebSocket upgrade with parts missing or wrong")
    MALFORMED_UPGRADE;

    /** The word in the file. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
