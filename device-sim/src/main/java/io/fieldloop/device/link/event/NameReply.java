package io.fieldloop.device.link.event;

/** What a name server says to a question (RFC 1035 section 4.1.1). */
public enum NameReply {
    /** The records it has, which may be none. */
    RECORDS,
    /** That it failed. */
    SERVFAIL,
    /** That there is no such name. */
    NXDOMAIN,
    /** Nothing. */
    SILENCE
}
