package io.fieldloop.device.modem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldloop.device.attempt.SocketWitness;
import io.fieldloop.device.modem.grammar.AtCommand;
import io.fieldloop.device.modem.grammar.AtRule;
import io.fieldloop.device.mqtt.MqttSession;
import io.fieldloop.device.mqtt.MqttSettings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The MQTT clients inside one modem by their ids: opened and let in by two commands, as Quectel's are, or by one, as OneMO's. */
final class MqttClients {

    private static final int KEEP_ALIVE_SECONDS = 120;

    private final ModemNetwork network;
    private final Dialogue dialogue;
    private final Map<String, ModemMqtt> clients = new HashMap<>();
    private @Nullable SocketWitness witness;

    MqttClients(ModemNetwork network, Dialogue dialogue) {
        this.network = network;
        this.dialogue = dialogue;
    }

    /** Who is told of the next opening. */
    void witness(SocketWitness next) {
        witness = next;
    }

    @Nullable
    Throwable seen(int id) {
        ModemMqtt client = clients.get(Integer.toString(id));
        return client == null ? null : client.seen();
    }

    void closeAll() {
        clients.values().forEach(ModemMqtt::forget);
        clients.clear();
        witness = null;
    }

    void perform(AtRule rule, AtCommand command) {
        String id = rule.given("mqtt", command);
        ModemMqtt client = clients.get(id);
        boolean there = client != null && !client.isOver();
        switch (rule.does()) {
            case MQTT_STATE -> {
                dialogue.set("mqtt-state", there ? "connected" : "closed");
                dialogue.answer(rule, command);
            }
            case MQTT_OPEN -> open(id, rule, command, there);
            case MQTT_CLOSE -> {
                dialogue.answer(rule, command);
                if (client != null) {
                    client.close();
                }
            }
            default -> {
                if (client == null || !there) {
                    dialogue.refuse("mqtt-not-open");
                } else {
                    perform(client, rule, command);
                }
            }
        }
    }

    private void perform(ModemMqtt client, AtRule rule, AtCommand command) {
        switch (rule.does()) {
            case MQTT_CONNECT -> {
                dialogue.answer(rule, command);
                client.connectAs(who(rule, command));
            }
            case MQTT_SUBSCRIBE -> {
                client.subscribe(rule.given("topic", command));
                dialogue.answer(rule, command);
            }
            default ->
                dialogue.prompt(rule.number("length", command), payload -> {
                    client.publish(rule.given("topic", command), payload, rule.number("qos", command));
                    dialogue.answer(rule, command);
                });
        }
    }

    private void open(String id, AtRule rule, AtCommand command, boolean there) {
        boolean apart = rule.argument("client", command) == null;
        dialogue.answer(rule, command);
        if (there || !dialogue.setting("pdp").equals("up")) {
            String error = dialogue.error(there ? "mqtt-in-use" : "mqtt-pdp");
            dialogue.tell(apart ? "mqtt-opened" : "mqtt-lost", gap -> gap.equals("mqtt") ? id : error);
            return;
        }
        boolean tls = dialogue.setting("mqtt-tls." + id).equals("1");
        ModemMqtt client = new ModemMqtt(
                id, rule.given("host", command), rule.number("port", command), tls, apart, dialogue, witness);
        witness = null;
        clients.put(id, client);
        if (!apart) {
            client.connectAs(who(rule, command));
        }
        client.open(network);
    }

    private MqttSettings who(AtRule rule, AtCommand command) {
        String keepAlive = dialogue.setting("mqtt-keep-alive." + rule.given("mqtt", command));
        return new MqttSettings(
                "",
                text(rule.given("client", command)),
                text(rule.given("user", command)),
                text(rule.given("password", command)),
                keepAlive.isEmpty() ? KEEP_ALIVE_SECONDS : Integer.parseInt(keepAlive),
                "",
                MqttSession.NONE);
    }

    /** Of the bytes on the serial line, a character for each, the text they are. */
    static String text(String bytes) {
        return new String(bytes.getBytes(ISO_8859_1), UTF_8);
    }
}
