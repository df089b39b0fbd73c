package io.fieldloop.device.profile;

import java.util.Locale;

/** Who decides that the user has finished speaking (protocol reference 1.6). */
public enum ListenMode {
    /** The server's voice activity detection. */
    AUTO,
    /** Push to talk: the device says {@code listen stop} when the button is released. */
    MANUAL,
    /** Full duplex with echo cancellation: the microphone streams even while the device speaks. */
    REALTIME;

    /** The word in the {@code listen} message. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
