package io.fieldloop.server.event;

/** Why a voice datagram was not taken: the closed vocabulary. */
public enum VoiceRefusal {
    /** Shorter than a header. */
    HEADER_TRUNCATED,
    /** Its type is not 1. */
    TYPE_UNKNOWN,
    /** Nobody was given this connection id, or not any more. */
    FLOW_UNKNOWN,
    /** Its length is not what the header says. */
    LENGTH_WRONG,
    /** This sequence was here before. */
    DUPLICATE,
    /** A later one was taken already. */
    LATE,
    /** It leaps ahead further than an outage explains, as a forged one does that must be newer than all others. */
    SEQUENCE_LEAP;

    /** Kebab-case, as in events. */
    public String wireName() {
        return WireNames.kebab(name());
    }
}
