package io.fieldloop.device.event;

import java.util.Locale;

/**
 * The device states that matter to the wire, in the firmware's words (protocol reference 1.1).
 *
 * <p>A device that is not told to ask at boot is born booted, in {@code idle}. {@code idle} says nothing about the channel: it may be
 * closed, or open while nobody speaks.
 */
public enum DeviceState {
    /** The firmware began to run and has no network yet. */
    STARTING,
    /** It asks its server where to go, or shows a code for its user to enter. */
    ACTIVATING,
    /** It fetches firmware. */
    UPGRADING,
    /** Nobody speaks to the device and it says nothing. */
    IDLE,
    /** A wake word or button asked for an audio channel, and it is being opened. */
    CONNECTING,
    /** The microphone streams to the server. */
    LISTENING,
    /** The server's speech is being played; only now is incoming audio kept. */
    SPEAKING;

    /** The word in the firmware's {@code State: a -> b} log line and in events. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
