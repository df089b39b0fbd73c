package io.fieldloop.scenario.model.device;

import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.NotEmpty;
import org.jspecify.annotations.Nullable;

/** A device that boots in the scenario and asks its server where to go. */
@Doc(
        "A device that boots when a step says so, or its user wants to talk: it asks at the OTA address, and uses what it is told")
public record DeviceOtaSpec(
        @Doc("The OTA address in its settings; any text, as users type it")
        @Default("http://gateway.test:8002/xiaozhi/ota/")
        String url,

        @Doc("Version of the firmware it is flashed with") @Default("1.0.0") @NotEmpty
        String version,

        @Doc("Serial number in its eFuse, 32 characters; none when absent") @Nullable
        String serialNumber,

        @Doc("Key in its eFuse, 64 hex digits") @Nullable String key) {
    public DeviceOtaSpec {
        if ((serialNumber == null) != (key == null)) {
            throw new IllegalArgumentException("a serial number and a key are burnt together; give both or neither");
        }
        if (key != null) {
            requireKey(key);
        }
    }

    public static void requireKey(String key) {
        if (!key.matches("[0-9A-Fa-f]{64}")) {
            throw new IllegalArgumentException("a key in an eFuse is 32 bytes, written as 64 hex digits");
        }
    }
}
