package io.fieldloop.server.connection;

import java.time.Duration;

/**
 * What a connection, a source address and the gateway itself may use up.
 *
 * @param firstByte from acceptance (on a TLS port also from the end of its handshake) to the first byte
 * @param tlsHandshake from the first byte to an established session
 * @param request from the first byte to the end of the request head
 * @param hello from the upgrade to the device's hello
 * @param headerBytesMax request line and headers together
 * @param refusalsPerSource the rate of refused handshakes at which a source is banned
 * @param ban how long a ban lasts
 * @param alarm the rate of one refusal class, over all sources, at which its alarm is raised
 * @param sourcesMax how many sources are remembered; the ones idle longest are forgotten first
 */
public record LimitsConfig(
        Duration firstByte,
        Duration tlsHandshake,
        Duration request,
        Duration hello,
        int headerBytesMax,
        int headersMax,
        int connectionsPerSource,
        Rate refusalsPerSource,
        Duration ban,
        Rate alarm,
        int refusalsKept,
        int sourcesMax) {

    public static Builder builder() {
        return new Builder();
    }

    /** Collects limits; every one has a default that suits a public gateway. */
    public static final class Builder {
        private Duration firstByte = Duration.ofSeconds(5);
        private Duration tlsHandshake = Duration.ofSeconds(10);
        private Duration request = Duration.ofSeconds(10);
        private Duration hello = Duration.ofSeconds(10);
        private int headerBytesMax = 8192;
        private int headersMax = 64;
        private int connectionsPerSource = 32;
        private Rate refusalsPerSource = new Rate(20, Duration.ofSeconds(10));
        private Duration ban = Duration.ofSeconds(60);
        private Rate alarm = new Rate(10, Duration.ofSeconds(1));
        private int refusalsKept = 1000;
        private int sourcesMax = 10_000;

        private Builder() {}

        public Builder firstByte(Duration value) {
            firstByte = value;
            return this;
        }

        public Builder tlsHandshake(Duration value) {
            tlsHandshake = value;
            return this;
        }

        public Builder request(Duration value) {
            request = value;
            return this;
        }

        public Builder hello(Duration value) {
            hello = value;
            return this;
        }

        public Builder headerBytesMax(int value) {
            headerBytesMax = value;
            return this;
        }

        public Builder headersMax(int value) {
            headersMax = value;
            return this;
        }

        public Builder connectionsPerSource(int value) {
            connectionsPerSource = value;
            return this;
        }

        public Builder refusalsPerSource(Rate value) {
            refusalsPerSource = value;
            return this;
        }

        public Builder ban(Duration value) {
            ban = value;
            return this;
        }

        public Builder alarm(Rate value) {
            alarm = value;
            return this;
        }

        public Builder refusalsKept(int value) {
            refusalsKept = value;
            return this;
        }

        public Builder sourcesMax(int value) {
            sourcesMax = value;
            return this;
        }

        public LimitsConfig build() {
            return new LimitsConfig(
                    firstByte,
                    tlsHandshake,
                    request,
                    hello,
                    headerBytesMax,
                    headersMax,
                    connectionsPerSource,
                    refusalsPerSource,
                    ban,
                    alarm,
                    refusalsKept,
                    sourcesMax);
        }
    }
}
