package io.fieldloop.server.voice;

import org.jspecify.annotations.Nullable;

/**
 * How audio over UDP is offered and limited.
 *
 * @param host what hellos name as the server; null for the address the device reached the gateway at
 * @param port what hellos name as the port; null for that of the voice listener
 * @param strangersMax how many sources of foreign datagrams are remembered; the ones silent longest are forgotten first
 * @param sequenceLeapMax how many packets may be missing in a row before the next one counts as forged; the default is ten minutes
 */
public record VoiceConfig(@Nullable String host, @Nullable Integer port, int strangersMax, int sequenceLeapMax) {
    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings; the defaults suit a gateway that devices reach directly. */
    public static final class Builder {
        private @Nullable String host;
        private @Nullable Integer port;
        private int strangersMax = 1000;
        private int sequenceLeapMax = 10_000;

        private Builder() {}

        /** Where devices find the voice listener, if that is not where it is bound. */
        public Builder advertised(@Nullable String advertisedHost, @Nullable Integer advertisedPort) {
            host = advertisedHost;
            port = advertisedPort;
            return this;
        }

        public Builder strangersMax(int value) {
            strangersMax = value;
            return this;
        }

        public Builder sequenceLeapMax(int value) {
            sequenceLeapMax = value;
            return this;
        }

        public VoiceConfig build() {
            return new VoiceConfig(host, port, strangersMax, sequenceLeapMax);
        }
    }
}
