package io.fieldloop.server.session;

/** What carries a session, as far as the conversation depends on it. */
public enum Transport {
    /** One connection for messages and audio; its end is the session's. */
    WEBSOCKET("websocket", false),

    /** MQTT for messages and UDP for audio; the connection outlives what is said on it, and each hello opens the audio anew. */
    MQTT("udp", true);

    private final String word;
    private final boolean standing;

    Transport(String word, boolean standing) {
        this.word = word;
        this.standing = standing;
    }

    /** What hellos call it. */
    public String word() {
        return word;
    }

    /** Whether the connection stands while nobody speaks. */
    public boolean standing() {
        return standing;
    }
}
