package io.fieldloop.server.event;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a handshake was refused: the closed vocabulary, each with the status a hardened gateway answers and a sentence for people. */
public enum RefusalReason {
    RDP_SCAN(
            RefusalClass.RDP_SCAN,
            "A Remote Desktop client or scanner (mstshash cookie) connected to the WebSocket port."),
    SSH_SCAN(RefusalClass.SSH_SCAN, "An SSH client or scanner connected to the WebSocket port."),
    SMB_SCAN(RefusalClass.SMB_SCAN, "A Windows file sharing client or scanner connected to the WebSocket port."),
    TLS_ON_PLAIN(
            RefusalClass.TLS_ON_PLAIN,
            "The client began TLS on a plain port: the device uses wss:// where this port speaks ws://, or MQTT over TLS where it speaks plain MQTT."),
    HTTP_ON_TLS(
            RefusalClass.HTTP_ON_TLS,
            400,
            "The client sent plain HTTP to a TLS port: the device uses ws:// where this port speaks wss://."),
    HTTP2_PREFACE(RefusalClass.NOT_HTTP, "The client began HTTP/2 without asking; the upgrade needs HTTP/1.1."),
    PROXY_PROTOCOL(
            RefusalClass.NOT_HTTP,
            "The connection begins with a PROXY protocol header that cannot be read, or from an address that is not trusted to send one."),
    NOT_HTTP(RefusalClass.NOT_HTTP, "The first bytes are no HTTP request."),
    NOT_MQTT(RefusalClass.NOT_MQTT, "The first packet on an MQTT port is no CONNECT."),
    HTTP_ON_MQTT(RefusalClass.NOT_MQTT, "The client sent HTTP to an MQTT port."),
    MQTT_ON_TLS(
            RefusalClass.NOT_MQTT,
            "The client sent plain MQTT to a TLS port: the firmware encrypts only where the port is 8883."),
    SILENCE(RefusalClass.TIMEOUT, "The client connected and sent nothing before the first-byte deadline."),
    SLOW_REQUEST(RefusalClass.TIMEOUT, "The request was not complete before the request deadline."),
    TLS_TIMEOUT(RefusalClass.TIMEOUT, "The TLS handshake was not complete before its deadline."),
    HELLO_TIMEOUT(
            RefusalClass.TIMEOUT, "The connection was upgraded, but the device sent no hello before the deadline."),
    EOF(RefusalClass.EOF, "The client closed the connection before its handshake was complete."),
    METHOD_NOT_ALLOWED(RefusalClass.HTTP_REQUEST, 405, "Only GET can be upgraded to a WebSocket."),
    PATH_NOT_FOUND(RefusalClass.HTTP_REQUEST, 404, "Nothing is served at this path; devices connect to /xiaozhi/v1/."),
    MALFORMED_REQUEST(RefusalClass.MALFORMED_UPGRADE, 400, "The HTTP request could not be parsed."),
    HTTP_VERSION(
            RefusalClass.MALFORMED_UPGRADE,
            400,
            "The request is not HTTP/1.1: a proxy in front probably forwards with HTTP/1.0."),
    MISSING_CONNECTION(
            RefusalClass.MALFORMED_UPGRADE,
            400,
            "The Connection header does not name Upgrade: it was not sent, or a proxy in front did not forward it."),
    MISSING_UPGRADE(
            RefusalClass.MALFORMED_UPGRADE,
            400,
            "The Upgrade header does not say websocket: a proxy in front probably does not forward it."),
    MISSING_KEY(
            RefusalClass.MALFORMED_UPGRADE, 400, "Sec-WebSocket-Key is missing, doubled or not 16 bytes in base64."),
    MALFORMED_CONNECT(RefusalClass.MALFORMED_CONNECT, "The MQTT CONNECT could not be parsed."),
    PROTOCOL_LEVEL(
            RefusalClass.BAD_VERSION,
            "The MQTT protocol level is none the gateway speaks: 4 and 5, or 3 and 4 in compat, answered with CONNACK 1."),
    BAD_VERSION(RefusalClass.BAD_VERSION, 426, "Sec-WebSocket-Version is not 13, the only version there is."),
    ORIGIN_REFUSED(
            RefusalClass.BAD_ORIGIN,
            403,
            "The Origin header names a web site that may not connect; devices send none."),
    DEVICE_ID_MISSING(
            RefusalClass.DEVICE_ID, 403, "The Device-Id header (or device-id in the query) is missing or empty."),
    DEVICE_ID_MALFORMED(
            RefusalClass.DEVICE_ID,
            403,
            "Device-Id is not a MAC address written with colons, such as 10:ff:e0:b3:35:76."),
    CLIENT_ID_MALFORMED(
            RefusalClass.DEVICE_ID,
            "The MQTT client id is not group@@@mac@@@id with the MAC address written with underscores, or is empty where it may not be."),
    CREDENTIALS_MISSING(
            RefusalClass.CREDENTIALS,
            "Signed credentials are required, and the MQTT CONNECT has no user name or password."),
    CREDENTIALS_MISMATCH(
            RefusalClass.CREDENTIALS,
            "The MQTT password is not the signature of this client id and user name, or was made with another key."),
    TOKEN_MISSING(RefusalClass.TOKEN, 403, "A token is required, and the request has no Authorization header."),
    TOKEN_MALFORMED(RefusalClass.TOKEN, 403, "Authorization is not of the form 'Bearer signature.timestamp'."),
    TOKEN_EXPIRED(RefusalClass.TOKEN, 403, "The token is older than tokens may be; the device must fetch a new one."),
    TOKEN_NOT_YET_VALID(
            RefusalClass.TOKEN, 403, "The token was issued in the future: the clocks of issuer and gateway differ."),
    TOKEN_MISMATCH(
            RefusalClass.TOKEN,
            403,
            "The token was not issued to this Device-Id and Client-Id, or with another key (upper and lower case count)."),
    ADDRESS_DENIED(RefusalClass.ADDRESS, 403, "The source address is on the deny list, or not on the allow list."),
    RATE_LIMITED(RefusalClass.RATE, 429, "The source address is banned for a while after too many refused handshakes."),
    TOO_MANY_CONNECTIONS(RefusalClass.RATE, 429, "The source address has too many connections open."),
    HEADER_TOO_LARGE(RefusalClass.OVERSIZE, 431, "The request line and headers are larger than the limit."),
    PACKET_TOO_LARGE(RefusalClass.OVERSIZE, "The MQTT CONNECT is larger than packets may be."),
    TOO_MANY_HEADERS(RefusalClass.OVERSIZE, 431, "The request has more headers than the limit."),
    TLS_VERSION(RefusalClass.TLS, "Client and gateway share no TLS version."),
    TLS_NO_SHARED_SUITE(RefusalClass.TLS, "Client and gateway share no TLS cipher suite or curve."),
    TLS_ALERT_RECEIVED(
            RefusalClass.TLS, "The client ended the TLS handshake with an alert; its number names the cause."),
    TLS_GARBAGE(RefusalClass.TLS, "The bytes on the TLS port are no TLS."),
    CLIENT_CERTIFICATE(
            RefusalClass.TLS,
            "The client's certificate is missing, or its issuer, its dates or its purpose are not accepted; the record says which."),
    TLS_FAILED(RefusalClass.TLS, "The TLS handshake failed for another reason."),
    OTA_METHOD_NOT_ALLOWED(
            RefusalClass.OTA,
            405,
            "The OTA check takes GET, HEAD and POST, an activation POST, a download GET and HEAD."),
    OTA_PATH_NOT_FOUND(RefusalClass.OTA, 404, "Nothing is served at this path; devices ask at /xiaozhi/ota/."),
    OTA_DEVICE_ID_MISSING(RefusalClass.OTA, 400, "The OTA request has no Device-Id header."),
    OTA_DEVICE_ID_MALFORMED(
            RefusalClass.OTA,
            400,
            "Device-Id is not one MAC address written with colons, or not the mac_address in the body."),
    OTA_CLIENT_ID_MISSING(RefusalClass.OTA, 400, "The OTA request has no Client-Id header."),
    OTA_NOT_JSON(RefusalClass.OTA, 415, "The Content-Type of the OTA request is not application/json."),
    OTA_BODY_UNREADABLE(RefusalClass.OTA, 400, "The body of the OTA request is no JSON object."),
    OTA_BODY_TOO_LARGE(RefusalClass.OTA, 413, "The body of the OTA request is larger than 64 KiB."),
    ACTIVATION_NOT_BEGUN(RefusalClass.OTA, 409, "The device activates before it was handed out a code by a check."),
    ACTIVATION_SERIAL_UNKNOWN(
            RefusalClass.OTA,
            403,
            "The serial number is not known here, or another one than in the Serial-Number header."),
    ACTIVATION_PROOF_WRONG(
            RefusalClass.OTA, 403, "The HMAC over the challenge is not that of the device with this serial number."),
    FIRMWARE_NOT_FOUND(RefusalClass.OTA, 404, "There is no firmware at this link, or not any more."),
    RANGE_NOT_SATISFIABLE(RefusalClass.OTA, 416, "The Range header asks for nothing that is in the firmware."),
    GATEWAY_STOPPING(RefusalClass.INTERNAL, 503, "The gateway is stopping and takes no new sessions."),
    INTERNAL_ERROR(
            RefusalClass.INTERNAL,
            500,
            "The gateway itself failed on this connection; other connections are not touched.");

    private static final int NO_STATUS = 0;

    private final RefusalClass refusalClass;
    private final int status;
    private final String explanation;

    RefusalReason(RefusalClass refusalClass, String explanation) {
        this(refusalClass, NO_STATUS, explanation);
    }

    RefusalReason(RefusalClass refusalClass, int status, String explanation) {
        this.refusalClass = refusalClass;
        this.status = status;
        this.explanation = explanation;
    }

    /** Finds a reason by the name events and scenario files use. */
    public static Optional<RefusalReason> named(String wireName) {
        for (RefusalReason reason : values()) {
            if (reason.wireName().equals(wireName)) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }

    /** Kebab-case, as in events, in the X-Fieldloop-Reason header and in scenario files. */
    public String wireName() {
        return WireNames.kebab(name());
    }

    public RefusalClass refusalClass() {
        return refusalClass;
    }

    /** The HTTP status a hardened gateway answers, or null where no HTTP answer is sent; a CONNACK's code depends on the client's level. */
    public @Nullable Integer status() {
        return status == NO_STATUS ? null : status;
    }

    /** One sentence for the person who reads the refusal. */
    public String explanation() {
        return explanation;
    }
}
