package io.fieldloop.qemu.console;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a console line may say; most are the kinds of {@link io.fieldloop.device.event.DeviceEvent}.
 *
 * <p>A line that says several things says them in the order of this list, which is the order in which a simulated device reports them.
 */
enum Observation {
    /** The chip or its firmware starts: whatever was open is over. */
    BOOT,
    /** What the lines before said was about another connection, an HTTP request for instance. */
    OTHER_CONNECTION,
    ATTEMPT_STARTED,
    TCP_CONNECTED,
    TLS_ESTABLISHED,
    UPGRADED,
    ONLINE,
    /** The firmware gives an attempt up. */
    REFUSED,
    /** An attempt is over: refused if a line since its start said why, else online. */
    ATTEMPT_OVER,
    OFFLINE,
    /** The device leaves the conversation: its own side has closed the channel, unless a line just before said why it is gone. */
    CLOSING,
    STATE_CHANGED,
    MESSAGE_SENT,
    MESSAGE_RECEIVED,
    AUDIO_SENT,
    AUDIO_RECEIVED,
    PONG_SENT,
    RECONNECT_SCHEDULED,
    MQTT_CONNECTED,
    MQTT_REFUSED,
    MQTT_DISCONNECTED,
    MQTT_RECONNECT_SCHEDULED,
    VOICE_KEYED,
    VOICE_REFUSED,
    VOICE_GAP,
    VOICE_CLOSED,
    FIRMWARE_STARTED,
    ROLLED_BACK,
    ABORTED,
    BUTTON_PRESSED,
    OTA_CHECK_BEGAN,
    OTA_CHECKED,
    OTA_CHECK_FAILED,
    OTA_RETRY_SCHEDULED,
    OTA_GIVEN_UP,
    CLOCK_SET,
    PROTOCOL_CHOSEN,
    ACTIVATION_SHOWN,
    ACTIVATION_TRIED,
    UPDATE_BEGAN,
    UPDATE_FAILED,
    UPDATE_INSTALLED,
    TURN_STARTED,
    TURN_COMPLETED,
    /** The server answered into the user's speech. */
    TURN_INTERRUPTED,
    TURN_FAILED;

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Observation> named(String word) {
        return Arrays.stream(values())
                .filter(observation -> observation.word().equals(word))
                .findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Observation::word).toList();
    }
}
