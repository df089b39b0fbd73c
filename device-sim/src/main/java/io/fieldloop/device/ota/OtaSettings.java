package io.fieldloop.device.ota;

import io.fieldloop.device.record.RecordCopy;
import org.jspecify.annotations.Nullable;

/**
 * What a device that asks at boot is built and flashed with.
 *
 * @param url NVS {@code wifi/ota_url}; nominal, since only the dialer knows where it leads
 * @param version of the firmware in its first slot
 * @param board its name, which is its type too
 * @param serialNumber 32 characters in eFuse user data, or null for a board that was never given one
 * @param hmacKey HMAC_KEY0 in eFuse, 32 bytes in hex, or null for none
 */
public record OtaSettings(
        String url,
        String version,
        String board,
        @Nullable String serialNumber,
        @Nullable String hmacKey) {

    /** A board without a serial number that runs version 1.0.0. */
    public static OtaSettings of(String url) {
        return new OtaSettings(url, "1.0.0", "bread-compact-wifi", null, null);
    }

    public OtaSettings withVersion(String value) {
        return RecordCopy.with(this, "version", value);
    }

    /** The same board as its maker registered it. */
    public OtaSettings withSerialNumber(String number, String key) {
        return RecordCopy.with(RecordCopy.with(this, "serialNumber", number), "hmacKey", key);
    }

    String userAgent(String running) {
        return board + "/" + running;
    }
}
