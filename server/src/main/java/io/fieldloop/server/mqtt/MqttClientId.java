package io.fieldloop.server.mqtt;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client id and what it says of a device: {@code group@@@aa_bb_cc_dd_ee_ff@@@id}, or without the third part from old firmware.
 *
 * <p>The group is {@code GID_} and the board's type, {@code GID_default} while a device is unbound, or the bare type once it is bound; the
 * third part is the MAC address again, or a UUID.
 *
 * @param deviceId the MAC address with colons, or null where the text is no device's
 * @param signed whether it is of the form whose password is a signature
 * @param replyTopic where the gateway answers
 */
record MqttClientId(String text, @Nullable String deviceId, boolean signed, String replyTopic) {
    private static final Pattern SEPARATOR = Pattern.compile("@@@");
    private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{2}(_[0-9a-fA-F]{2}){5}");
    private static final String TOPIC = "devices/p2p/";

    static MqttClientId of(String text) {
        String[] parts = SEPARATOR.split(text, -1);
        boolean device = (parts.length == 2 || parts.length == 3)
                && !parts[0].isEmpty()
                && MAC.matcher(parts[1]).matches();
        return device
                ? new MqttClientId(
                        text, parts[1].replace('_', ':').toLowerCase(Locale.ROOT), parts.length == 3, TOPIC + parts[1])
                : new MqttClientId(text, null, false, TOPIC + text);
    }
}
