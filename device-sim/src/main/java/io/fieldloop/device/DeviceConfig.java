package io.fieldloop.device;

import io.fieldloop.device.modem.ModemSettings;
import io.fieldloop.device.mqtt.MqttSettings;
import io.fieldloop.device.ota.OtaSettings;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.device.record.RecordCopy;
import io.fieldloop.device.websocket.HeaderEdits;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One device's settings: its profile and what it is flashed with; what its {@link NvsStore} has is believed instead.
 *
 * @param name how the harness calls it
 * @param url NVS {@code websocket/url}; nominal, since only the {@link Dialer} knows where it leads
 * @param deviceId its MAC address, as sent in {@code Device-Id}
 * @param clientId its UUID, as sent in {@code Client-Id}
 * @param token NVS {@code websocket/token}; null or empty sends no Authorization, a token without a space gets {@code Bearer }
 * @param protocolVersion NVS {@code websocket/version}: 1, 2 or 3
 * @param headers changes to the upgrade request
 * @param mqtt what NVS {@code mqtt} holds; null for a device that was never given any, which speaks WebSocket
 * @param trustAnchors the roots of its certificate bundle
 * @param clockSkew the device's clock minus the right time
 * @param userPolicy what the person at the device does when it drops off
 * @param modem its modem, which the firmware sets up after power-up; null for the one its profile has, set up before, or for none
 * @param ota where it asks at boot, and as what; null for a device that was settled before
 */
public record DeviceConfig(
        String name,
        DeviceProfile profile,
        String url,
        String deviceId,
        String clientId,
        @Nullable String token,
        int protocolVersion,
        HeaderEdits headers,
        @Nullable MqttSettings mqtt,
        List<X509Certificate> trustAnchors,
        Duration clockSkew,
        UserPolicy userPolicy,
        @Nullable ModemSettings modem,
        @Nullable OtaSettings ota) {

    public DeviceConfig {
        trustAnchors = List.copyOf(trustAnchors);
        if (protocolVersion < 1 || protocolVersion > 3) {
            throw new IllegalArgumentException(
                    "Device '" + name + "' has protocol version " + protocolVersion + ": expected 1, 2 or 3.");
        }
    }

    /** A device with defaults for everything else; its ids follow from its name, so that the same name is the same device. */
    public static DeviceConfig of(String name, DeviceProfile profile, String url) {
        UUID uuid = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        byte[] mac = HexFormat.of().parseHex("02" + uuid.toString().substring(26));
        return new DeviceConfig(
                name,
                profile,
                url,
                HexFormat.ofDelimiter(":").formatHex(mac),
                uuid.toString(),
                null,
                1,
                HeaderEdits.none(),
                null,
                List.of(),
                Duration.ZERO,
                UserPolicy.none(),
                null,
                null);
    }

    public DeviceConfig withToken(@Nullable String value) {
        return RecordCopy.with(this, "token", value);
    }

    public DeviceConfig withIds(String deviceIdValue, String clientIdValue) {
        return RecordCopy.with(RecordCopy.with(this, "deviceId", deviceIdValue), "clientId", clientIdValue);
    }

    public DeviceConfig withProtocolVersion(int value) {
        return RecordCopy.with(this, "protocolVersion", value);
    }

    public DeviceConfig withHeaders(HeaderEdits value) {
        return RecordCopy.with(this, "headers", value);
    }

    /** The same device told to speak MQTT and voice over UDP. */
    public DeviceConfig withMqtt(@Nullable MqttSettings value) {
        return RecordCopy.with(this, "mqtt", value);
    }

    public DeviceConfig withTrustAnchors(List<X509Certificate> value) {
        return RecordCopy.with(this, "trustAnchors", value);
    }

    public DeviceConfig withClockSkew(Duration value) {
        return RecordCopy.with(this, "clockSkew", value);
    }

    public DeviceConfig withUserPolicy(UserPolicy value) {
        return RecordCopy.with(this, "userPolicy", value);
    }

    /** The same device with a modem that has to be set up; a profile without a modem leaves it unused. */
    public DeviceConfig withModem(@Nullable ModemSettings value) {
        return RecordCopy.with(this, "modem", value);
    }

    /** The same device as one that asks at boot, which takes {@link Device#start} or its user's first wish. */
    public DeviceConfig withOta(@Nullable OtaSettings value) {
        return RecordCopy.with(this, "ota", value);
    }
}
