package io.fieldloop.device.event;

/** Why a device's OTA check gave it nothing. */
public enum OtaFailure {
    /** Shorter than any URL, or one its HTTP client cannot read. */
    URL_UNUSABLE,
    /** Name, TCP or TLS: no request was sent. */
    NOT_CONNECTED,
    /** The connection was up and the request could not be sent. */
    NOT_SENT,
    /** No status within 30 s, or something that is no HTTP. */
    NO_STATUS,
    /** Another status than 200. */
    STATUS,
    /** Status 200, and a body that is no JSON or did not come to its end. */
    NOT_JSON
}
