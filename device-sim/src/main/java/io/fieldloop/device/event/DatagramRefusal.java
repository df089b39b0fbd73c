package io.fieldloop.device.event;

/** Why the device does not take a datagram of voice. */
public enum DatagramRefusal {
    /** Shorter than its header. */
    TOO_SHORT,
    /** Its first byte is not 1. */
    WRONG_TYPE,
    /** Its header tells another length than it has. */
    LENGTH_MISMATCH,
    /** Its sequence is not above that of the last one taken. */
    OLD_SEQUENCE
}
