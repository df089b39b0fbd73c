package io.fieldloop.scenario.diagnose.log;

import java.util.Arrays;
import java.util.Locale;

/** What of a device a line is about; what a person wants to know first stands first. */
enum Part {
    CRASH("Crash"),
    NETWORK("The device's own network"),
    CHANNEL("Voice channel (WebSocket)"),
    MQTT("MQTT"),
    OTA("Update check and download (OTA)"),
    HTTP("HTTP request"),
    VOICE("Voice packets (UDP)"),
    TIME("Clock"),
    MODEM("Modem"),
    CONNECTION("Connection");

    private final String title;

    Part(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Whether it goes on beside whatever connection is being opened or open. */
    boolean isAside() {
        return this == CRASH || this == NETWORK || this == VOICE;
    }

    static Part named(String word) {
        return Arrays.stream(values())
                .filter(part -> part.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no part " + word + "."));
    }
}
