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
 */
public record SessionConfig(Duration idle, @Nullable Ping ping, Duration closeTimeout, int messageBytesMax) {

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

        public SessionConfig build() {
            return new SessionConfig(idle, ping, closeTimeout, messageBytesMax);
        }
    }
}
