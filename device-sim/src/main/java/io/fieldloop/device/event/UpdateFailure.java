package io.fieldloop.device.event;

/** The stage at which a firmware update failed; the device goes on with what it has. */
public enum UpdateFailure {
    NOT_CONNECTED,
    /** Another status than 200, or none. */
    STATUS,
    /** The answer does not say how long the image is, as a chunked one. */
    NO_LENGTH,
    /** The connection was over before the image was, or nothing came for 30 s. */
    READ,
    /** The image cannot be written: it does not begin like one, or is larger than the slot. */
    WRITE,
    /** All of it is written, and it is no image that boots. */
    VALIDATION
}
