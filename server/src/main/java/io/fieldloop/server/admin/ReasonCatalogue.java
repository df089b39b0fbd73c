package io.fieldloop.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.event.RefusalReason;

/**
 * The closed vocabulary of refusals with what to do about each.
 *
 * <p>The advice is an exhaustive switch, so a reason without advice does not compile.
 */
final class ReasonCatalogue {
    private ReasonCatalogue() {}

    static JsonNode json() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (RefusalReason reason : RefusalReason.values()) {
            ObjectNode entry = all.addObject()
                    .put("reason", reason.wireName())
                    .put("class", reason.refusalClass().wireName());
            Integer status = reason.status();
            if (status != null) {
                entry.put("status", status);
            }
            entry.put("explanation", reason.explanation()).put("check", check(reason));
        }
        return all;
    }

    /** What a person should look at next. */
    static String check(RefusalReason reason) {
        return switch (reason) {
            case RDP_SCAN, SSH_SCAN, SMB_SCAN ->
                "No device does this. Close the port to the internet or narrow it with an allow list.";
            case TLS_ON_PLAIN -> "Use ws:// with this port, or the gateway's wss:// port.";
            case HTTP_ON_TLS -> "Use wss:// with this port, or the gateway's ws:// port.";
            case HTTP2_PREFACE -> "Make the client or the proxy in front speak HTTP/1.1.";
            case NOT_HTTP -> "See the first bytes in the record: some other program uses this port.";
            case SILENCE, SLOW_REQUEST, TLS_TIMEOUT ->
                "Look at the link: loss or a stall longer than the deadline. A health check that only connects looks like this too.";
            case HELLO_TIMEOUT -> "See whether the client sends its hello as a text frame right after the upgrade.";
            case EOF ->
                "Look at the client's own log for its time limit or error; a browser or phone that was closed looks like this too.";
            case METHOD_NOT_ALLOWED -> "Connect with a WebSocket client, not with an HTTP POST.";
            case PATH_NOT_FOUND -> "Compare the path of the URL with /xiaozhi/v1/, letter by letter.";
            case MALFORMED_REQUEST -> "Look at what the client or the proxy in front puts into the request head.";
            case HTTP_VERSION -> "In nginx, set proxy_http_version 1.1.";
            case MISSING_CONNECTION -> "In nginx, set proxy_set_header Connection \"upgrade\".";
            case MISSING_UPGRADE -> "In nginx, set proxy_set_header Upgrade $http_upgrade.";
            case MISSING_KEY -> "Use a WebSocket library rather than a hand-written request.";
            case BAD_VERSION -> "Update the client's WebSocket library to RFC 6455.";
            case ORIGIN_REFUSED -> "Admit the web page's origin (serve --origin), or let the client send none.";
            case DEVICE_ID_MISSING -> "Send the Device-Id header, or device-id in the query.";
            case DEVICE_ID_MALFORMED -> "Write Device-Id as six pairs of hex digits with colons.";
            case TOKEN_MISSING -> "Send Authorization: Bearer and the token; the OTA answer gives it to devices.";
            case TOKEN_MALFORMED -> "Send the word Bearer, one space, and the token as it was issued.";
            case TOKEN_EXPIRED -> "Issue a new token.";
            case TOKEN_NOT_YET_VALID -> "Set the clock of the machine that issues tokens.";
            case TOKEN_MISMATCH ->
                "Compare Device-Id and Client-Id with those the token was issued for, and the gateway's key with the issuer's.";
            case ADDRESS_DENIED -> "Compare the source address with the allow and deny lists.";
            case RATE_LIMITED -> "Wait for the ban to end, and fix what was refused before.";
            case TOO_MANY_CONNECTIONS -> "See whether the client leaves old connections open, or many share one NAT.";
            case HEADER_TOO_LARGE, TOO_MANY_HEADERS ->
                "See what the client or the proxy adds: cookies, tokens, traces.";
            case TLS_VERSION ->
                "Offer a TLS version on the gateway that the client's build has; ESP-IDF has 1.2 by default.";
            case TLS_NO_SHARED_SUITE ->
                "Compare the client's cipher suites and curves with the gateway's and with its key kind.";
            case TLS_ALERT_RECEIVED ->
                "The client rejected the certificate or the handshake: give it the root certificate, and compare name and dates.";
            case TLS_GARBAGE -> "See the first bytes in the record: some other program uses this port.";
            case TLS_FAILED -> "Repeat with one TLS version and one suite to narrow it down.";
            case GATEWAY_STOPPING -> "Connect again when the gateway is back.";
            case INTERNAL_ERROR -> "This is a defect of the gateway; keep the record and report it.";
        };
    }
}
