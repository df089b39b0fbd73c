package io.fieldloop.server.session;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway converses with an upgraded device.
 *
 * @param idle how long a session lives without a message or audio from the device
 * @param ping keepalive pings, or null for none
 * @param closeTimeout how long the gateway waits for the device to answer its close frame
 * @param messageBytesMax the largest message taken, fragments together; more closes with 1009
 * @param voiceSilence how long without a voiced frame ends an utterance when the device leaves that to the gateway (listen mode
 *     auto or realtime)
 * @param utteranceMax how long an utterance lasts at most in these modes
 * @param heardText what the gateway claims to have heard
 * @param spokenText the text of its canned spoken reply
 */
public record SessionConfig(
        Duration idle,
        @Nullable Ping ping,
        Duration closeTimeout,
        int messageBytesMax,
        Duration voiceSilence,
        Duration utteranceMax,
        String heardText,
        String spokenText) {

    /** A ping every so often; a pong that takes longer than the timeout closes with 1011. */
    public record Ping(Duration every, Duration timeout) {}

    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings; the defaults are those of xiaozhi-esp32-server, without pings. */
    public static final class Builder {
        private Duration idle = Duration.ofMinutes(2);
        private @Nullable Ping ping;
        private Duration closeTimeout = Duration.ofSeconds(10);
        private int messageBytesMax = 1 << 20;
        private Duration voiceSilence = Duration.ofMillis(600);
        private Duration utteranceMax = Duration.ofSeconds(10);
        private String heardText = "hello";
        private String spokenText = "Fieldloop gateway speaking.";

        private Builder() {}

        public Builder idle(Duration value) {
            idle = value;
            return this;
        }

        public Builder ping(@Nullable Ping value) {
            ping = value;
            return this;
        }

        public Builder closeTimeout(Duration value) {
            closeTimeout = value;
            return this;
        }

        public Builder messageBytesMax(int value) {
            messageBytesMax = value;
            return this;
        }

        public Builder voiceSilence(Duration value) {
            voiceSilence = value;
            return this;
        }

        public Builder utteranceMax(Duration value) {
            utteranceMax = value;
            return this;
        }

        public Builder heardText(String value) {
            heardText = value;
            return this;
        }

        public Builder spokenText(String value) {
            spokenText = value;
            return this;
        }

        public SessionConfig build() {
            return new SessionConfig(
                    idle, ping, closeTimeout, messageBytesMax, voiceSilence, utteranceMax, heardText, spokenText);
        }
    }
}
