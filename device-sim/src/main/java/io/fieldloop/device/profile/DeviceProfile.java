package io.fieldloop.device.profile;

import io.fieldloop.device.record.RecordCopy;
import io.fieldloop.device.tls.ClientHelloShape;
import java.util.List;

/**
 * A kind of device, as data: what it sends, what it checks, how long it waits, its TLS client, how it logs.
 *
 * @param mqtt how it speaks MQTT and voice over UDP, where its settings lead to a broker
 * @param keepsLateHello whether a server hello that arrives after the limit satisfies the next attempt's wait, as the firmware's event
 *     bit does (protocol reference 1.5); such a device leaves the failed connection open until that next attempt
 */
public record DeviceProfile(
        String name,
        String purpose,
        Dialect dialect,
        ResponseRules response,
        FrameRules frames,
        PhaseLimits limits,
        TlsTraits tls,
        KeepAlive keepAlive,
        SendRules sending,
        ListenMode listenMode,
        MqttTraits mqtt,
        boolean keepsLateHello) {

    /** The profile with that name; an unknown name is an {@link IllegalArgumentException} that says which was probably meant. */
    public static DeviceProfile named(String name) {
        return ProfileTable.named(name);
    }

    /** All names, in the order of the documentation. */
    public static List<String> names() {
        return ProfileTable.names();
    }

    public DeviceProfile withChecksDates(boolean checksDates) {
        return RecordCopy.with(this, "tls.checksDates", checksDates);
    }

    /** The same device built for these versions of TLS; {@link IllegalArgumentException} where its client cannot be. */
    public DeviceProfile withTlsVersions(List<String> versions) {
        boolean newer = versions.contains("TLSv1.3") && tls.hello().equals(ClientHelloShape.ESP_IDF_5);
        ClientHelloShape able = newer ? ClientHelloShape.ESP_IDF_5_TLS_1_3 : tls.hello();
        if (!able.versions().containsAll(versions)) {
            throw new IllegalArgumentException("asks for " + String.join(", ", versions) + ", but " + name
                    + " can only be built for " + String.join(", ", able.versions()));
        }
        ClientHelloShape hello = able.withVersions(
                able.versions().stream().filter(versions::contains).toList());
        DeviceProfile built = RecordCopy.with(this, "tls.hello", hello);
        return versions.contains("TLSv1.3") ? RecordCopy.with(built, "tls.heap.dynamicBuffers", false) : built;
    }

    /** The same device with that much free heap when it connects; what TLS cannot fit ends in {@code -0x7F00}. */
    public DeviceProfile withHeapBytes(int freeBytes) {
        return RecordCopy.with(this, "tls.heap.freeBytes", freeBytes);
    }

    public DeviceProfile withTls(TlsTraits traits) {
        return RecordCopy.with(this, "tls", traits);
    }

    public DeviceProfile withLimits(PhaseLimits phaseLimits) {
        return RecordCopy.with(this, "limits", phaseLimits);
    }

    public DeviceProfile withListenMode(ListenMode mode) {
        return RecordCopy.with(this, "listenMode", mode);
    }

    public DeviceProfile withKeepsLateHello(boolean keeps) {
        return RecordCopy.with(this, "keepsLateHello", keeps);
    }
}
