package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.UserPolicy;
import io.fieldloop.device.modem.ModemSettings;
import io.fieldloop.device.mqtt.MqttSettings;
import io.fieldloop.device.ota.OtaSettings;
import io.fieldloop.scenario.rig.RigException;
import io.fieldloop.scenario.rig.Seeds;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A device's settings in the words of the reference firmware ({@code qemu/firmware/README.md}). */
final class KernelSettings {
    private static final String DATED = "xiaozhi-wifi-strict-time";
    private static final String UNDATED = "xiaozhi-wifi";
    private static final int SEED_BYTES = 32;

    private KernelSettings() {}

    /**
     * One line for the kernel command line.
     *
     * @param now the right time
     * @param more settings from the scenario, which win
     */
    static String line(DeviceConfig device, Seeds seeds, Instant now, Map<String, String> more) {
        return of(device, seeds, now, more).entrySet().stream()
                .filter(setting -> !setting.getKey().contains("/"))
                .map(setting -> written(setting.getKey(), setting.getValue()))
                .collect(Collectors.joining(" "));
    }

    /**
     * By name.
     *
     * @param more settings from the scenario, which win and may name the device's own; those of the form {@code namespace/key} are for NVS only
     */
    static Map<String, String> of(DeviceConfig device, Seeds seeds, Instant now, Map<String, String> more) {
        Map<String, String> settings = new LinkedHashMap<>();
        OtaSettings ota = device.ota();
        if (ota == null) {
            settings.put("url", device.url());
        } else {
            settings.putAll(ota(ota));
        }
        settings.put("device-id", device.deviceId());
        settings.put("client-id", device.clientId());
        if (device.token() != null) {
            settings.put("token", device.token());
        }
        settings.put("version", Integer.toString(device.protocolVersion()));
        settings.put("profile", profile(device));
        if (ota == null || !device.clockSkew().isZero()) { // one that asks is told the time, and begins in 1970
            settings.put("epoch", Long.toString(now.plus(device.clockSkew()).getEpochSecond()));
        }
        settings.put("seed", entropy(device, seeds));
        settings.put("mac", mac(device, seeds));
        reconnect(device, seeds, settings);
        if (device.mqtt() != null) {
            settings.putAll(mqtt(device.mqtt()));
        }
        if (device.modem() != null) {
            settings.putAll(modem(device.modem()));
        }
        for (X509Certificate root : device.trustAnchors()) {
            settings.put("ca", base64(root));
        }
        Map<String, String> words = new LinkedHashMap<>(settings);
        more.forEach((name, text) -> settings.put(name, SettingText.filled(text, words)));
        return settings;
    }

    private static Map<String, String> ota(OtaSettings ota) {
        Map<String, String> settings =
                new LinkedHashMap<>(Map.of("ota-url", ota.url(), "app-version", ota.version(), "board", ota.board()));
        if (ota.serialNumber() != null && ota.hmacKey() != null) {
            settings.put("serial-number", ota.serialNumber());
            settings.put("hmac-key", ota.hmacKey());
        }
        return settings;
    }

    private static Map<String, String> mqtt(MqttSettings mqtt) {
        return Map.of(
                "mqtt-endpoint", mqtt.endpoint(),
                "mqtt-client-id", mqtt.clientId(),
                "mqtt-username", mqtt.username(),
                "mqtt-password", mqtt.password(),
                "mqtt-topic", mqtt.publishTopic(),
                "mqtt-keepalive", Integer.toString(mqtt.keepAliveSeconds()));
    }

    private static Map<String, String> modem(ModemSettings modem) {
        UnaryOperator<String> grammar = name ->
                modem.settings().getOrDefault(name, modem.kind().settings().getOrDefault(name, ""));
        String use = modem.kind().isPpp() ? "ppp" : modem.kind().isEthernet() ? "eth" : "at";
        Map<String, String> settings =
                new LinkedHashMap<>(Map.of("modem", use, "modem-baud", Integer.toString(modem.baud())));
        if (!grammar.apply("ppp-user").isEmpty()) {
            settings.put("ppp-user", grammar.apply("ppp-user"));
            settings.put("ppp-password", grammar.apply("ppp-password"));
        }
        return settings;
    }

    /** The firmware's profile that checks dates as the device is said to. */
    static String profile(DeviceConfig device) {
        String name = device.profile().name();
        if (name.equals(UNDATED) || name.equals(DATED)) {
            return device.profile().tls().checksDates() ? DATED : UNDATED;
        }
        return name;
    }

    /** The firmware counts in whole seconds; devices of a group get pauses of their own within the spread. */
    private static void reconnect(DeviceConfig device, Seeds seeds, Map<String, String> settings) {
        UserPolicy policy = device.userPolicy();
        if (policy.attempts() > 0) {
            double share = seeds.generator("reconnect:" + device.name()).nextDouble();
            long millis =
                    policy.after().toMillis() + (long) (share * policy.spread().toMillis());
            settings.put("reconnect", Long.toString(Math.max(1, Math.round(millis / 1e3))));
        }
    }

    private static String entropy(DeviceConfig device, Seeds seeds) {
        byte[] bytes = new byte[SEED_BYTES];
        seeds.generator("entropy:" + device.name()).nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Locally administered, and another for each device, whatever its Device-Id header says. */
    static String mac(DeviceConfig device, Seeds seeds) {
        byte[] bytes = new byte[6];
        seeds.generator("mac:" + device.name()).nextBytes(bytes);
        bytes[0] = 0x02;
        return HexFormat.ofDelimiter(":").formatHex(bytes);
    }

    private static String base64(X509Certificate root) {
        try {
            return Base64.getEncoder().encodeToString(root.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("The run's own root certificate cannot be encoded.", e);
        }
    }

    /** The firmware ends a quoted value at the next quote, whatever is before it. */
    private static String written(String name, String value) {
        boolean hasBlanks = value.chars().anyMatch(Character::isWhitespace);
        if (!hasBlanks && !value.startsWith("\"")) {
            return name + "=" + value;
        }
        if (value.contains("\"")) {
            throw new RigException("The setting `" + name + "` has the value '" + value
                    + "': the kernel command line has no way to write blanks and a double quote together.");
        }
        return name + "=\"" + value + "\"";
    }
}
