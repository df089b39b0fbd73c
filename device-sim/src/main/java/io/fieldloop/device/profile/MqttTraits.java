package io.fieldloop.device.profile;

import java.time.Duration;

/**
 * How a device of this kind speaks MQTT and voice over UDP (xiaozhi-esp32, main/protocols/mqtt_protocol.cc).
 *
 * @param connectWait how long whoever connects waits for the client, which goes on trying below it
 * @param clientReconnect after what pause the client itself tries again, for ever; zero where it does not, as in a modem
 * @param reconnectOnce after what pause the firmware tries once when an established connection was lost, if it is idle by then
 * @param alone whether nothing of xiaozhi stands above the client: an application that subscribes and publishes, without voice
 * @param obeysAnyGoodbye firmware before 2.3: a goodbye without session id closes the channel too, and is answered by one
 * @param strictVoice a datagram must be as long as its header says, and its sequence above the last; before 2.3 an equal one passes
 * @param locksWhileSending firmware before September 2026 holds a lock while it sends voice, for which whoever receives it waits
 *     (xiaozhi-esp32#2254)
 */
public record MqttTraits(
        NetworkLibrary library,
        Duration connectWait,
        Duration clientReconnect,
        Duration reconnectOnce,
        boolean alone,
        boolean obeysAnyGoodbye,
        boolean strictVoice,
        boolean locksWhileSending) {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final Duration ONE_MINUTE = Duration.ofMinutes(1);

    /** EspMqtt over espressif/esp-mqtt, which reconnects by itself (MQTT_RECON_DEFAULT_MS). */
    public static final MqttTraits ESP =
            new MqttTraits(NetworkLibrary.UP_TO_3_6, TEN_SECONDS, TEN_SECONDS, ONE_MINUTE, false, false, true, false);

    /** Ml307Mqtt: the MQTT client inside the modem, of which the firmware asks no reconnecting. */
    public static final MqttTraits MODEM =
            new MqttTraits(NetworkLibrary.UP_TO_3_6, TEN_SECONDS, Duration.ZERO, ONE_MINUTE, false, false, true, false);
}
