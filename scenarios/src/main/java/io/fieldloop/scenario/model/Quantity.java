package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.Doc;
import java.util.Locale;

/** The durations a run measures. */
public enum Quantity {
    @Doc("TLS handshake, from TCP connected to TLS established")
    HANDSHAKE_TIME,
    @Doc("from the start of an attempt to TCP connected")
    CONNECT_TIME,
    @Doc("from the start of an attempt to the channel open")
    HELLO_TIME,
    @Doc("from the end of speech to the first frame of the reply")
    FIRST_AUDIO,
    @Doc("from the start of speech to the end of the reply")
    TURN_TIME,
    @Doc("from a ping of the gateway to the device's pong")
    ROUND_TRIP;

    /** The word in the file. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
