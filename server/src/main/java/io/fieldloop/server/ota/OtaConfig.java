package io.fieldloop.server.ota;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the OTA listener tells devices.
 *
 * @param websocketUrls where it sends them; {@code {host}} stands for the host the device asked at, and of several each check gets one
 *     by chance, as manager-api does with a list
 * @param mqtt the other place it may send them, with {@code {host}} where it stands for that host too, or null
 * @param firmware what it has for them, or null for nothing
 * @param activation how devices come to belong to somebody, or null where every device does already
 * @param timezoneOffsetMinutes what server_time says of the time zone
 * @param imitates whose answers the compat stance gives
 */
public record OtaConfig(
        List<String> websocketUrls,
        @Nullable Mqtt mqtt,
        @Nullable Firmware firmware,
        @Nullable Activation activation,
        int timezoneOffsetMinutes,
        Imitated imitates) {
    /** China, as both servers have it where nobody sets it. */
    public static final int TIMEZONE_OFFSET_MINUTES = 480;

    /** Which of the two servers of xiaozhi-esp32-server. */
    public enum Imitated {
        /** The Java one: activation, both protocols at once, links that end after three downloads. */
        MANAGER_API,
        /** The Python one: one protocol at a time, no activation. */
        SINGLE_MODULE
    }

    /**
     * The broker devices may be sent to.
     *
     * @param signatureKey what passwords are signed with, the broker's key
     */
    public record Mqtt(String endpoint, String signatureKey) {}

    /**
     * Firmware on offer.
     *
     * @param version what the check says of it; not necessarily what the image says
     * @param force whether devices are to install it even where it is not newer
     */
    public record Firmware(FirmwareImage image, String version, boolean force) {}

    /**
     * Devices are unbound until their user has entered the code they show.
     *
     * @param boundAfter how long that takes after the code was first handed out
     * @param keysBySerialNumber the 32 bytes in each device's eFuse, in hex; only the hardened stance looks at them
     */
    public record Activation(Duration boundAfter, Map<String, String> keysBySerialNumber) {
        public Activation {
            keysBySerialNumber = Map.copyOf(keysBySerialNumber);
        }
    }

    public OtaConfig {
        websocketUrls = List.copyOf(websocketUrls);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects what is told; without anything that is the time. */
    public static final class Builder {
        private List<String> websocketUrls = List.of();
        private @Nullable Mqtt mqtt;
        private @Nullable Firmware firmware;
        private @Nullable Activation activation;
        private int timezoneOffsetMinutes = TIMEZONE_OFFSET_MINUTES;
        private Imitated imitates = Imitated.MANAGER_API;

        private Builder() {}

        public Builder websocketUrls(List<String> value) {
            websocketUrls = value;
            return this;
        }

        public Builder mqtt(@Nullable Mqtt value) {
            mqtt = value;
            return this;
        }

        public Builder firmware(@Nullable Firmware value) {
            firmware = value;
            return this;
        }

        public Builder activation(@Nullable Activation value) {
            activation = value;
            return this;
        }

        public Builder timezoneOffsetMinutes(int value) {
            timezoneOffsetMinutes = value;
            return this;
        }

        public Builder imitates(Imitated value) {
            imitates = value;
            return this;
        }

        public OtaConfig build() {
            return new OtaConfig(websocketUrls, mqtt, firmware, activation, timezoneOffsetMinutes, imitates);
        }
    }
}
