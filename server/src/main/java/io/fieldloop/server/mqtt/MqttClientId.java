package io.fieldloop.server.mqtt;

import java.util.HexFormat;
import java.util.Locale;
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
    private static final String SEPARATOR = "@@@";
    private static final int MAC_LENGTH = "aa_bb_cc_dd_ee_ff".length();
    private static final String TOPIC = "devices/p2p/";

    /** Without a pattern, which a reconnecting fleet would wait for. */
    static MqttClientId of(String text) {
        int group = text.indexOf(SEPARATOR);
        int mac = group + SEPARATOR.length();
        int end = mac + MAC_LENGTH;
        int third = end + SEPARATOR.length();
        boolean signed = text.startsWith(SEPARATOR, end) && text.indexOf(SEPARATOR, third) < 0;
        if (group <= 0 || !(signed || text.length() == end) || !isMac(text, mac)) {
            return new MqttClientId(text, null, false, TOPIC + text);
        }
        String address = text.substring(mac, end);
        return new MqttClientId(text, address.replace('_', ':').toLowerCase(Locale.ROOT), signed, TOPIC + address);
    }

    private static boolean isMac(String text, int start) {
        for (int i = 0; i < MAC_LENGTH; i++) {
            char letter = text.charAt(start + i);
            if (i % 3 == 2 ? letter != '_' : !HexFormat.isHexDigit(letter)) {
                return false;
            }
        }
        return true;
    }
}
