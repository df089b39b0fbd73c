package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.Kebab;
import io.fieldloop.scenario.shape.annotation.Doc;

/** What a run measures; all of it durations so far. */
public enum Quantity {
    @Doc("TLS handshake, from TCP connected to TLS established")
    HANDSHAKE_TIME,
    @Doc("from the start of an attempt to TCP connected")
    CONNECT_TIME,
    @Doc("from the start of an attempt to the channel open")
    HELLO_TIME,
    @Doc("from the end of speech to the first frame of the reply; an interrupted turn has none")
    FIRST_AUDIO,
    @Doc("from the start of speech to the end of the reply")
    TURN_TIME,
    @Doc("how much of the speech was lost because the server answered into it; 0 for a completed turn")
    SPEECH_CUT,
    @Doc("from a ping of the gateway to the device's pong")
    ROUND_TRIP,
    @Doc("how much of the server's voice never reached the device, for each channel over UDP that was closed")
    VOICE_LOST,
    @Doc("how much of the server's voice came too late to be played, for each such channel")
    VOICE_LATE,
    @Doc("the longest stretch that was missing of the server's voice, for each such channel")
    VOICE_GAP,
    @Doc("interarrival jitter of the server's voice (RFC 3550), for each such channel")
    VOICE_JITTER,
    @Doc("the same of a device's voice at the gateway")
    VOICE_JITTER_UPSTREAM;

    /** The word in the file. */
    public String wireName() {
        return Kebab.kebab(name());
    }
}
