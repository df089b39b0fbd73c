package io.fieldloop.device.modem;

import io.fieldloop.device.modem.grammar.AtCommand;
import io.fieldloop.device.modem.grammar.AtRule;
import io.fieldloop.device.modem.grammar.Verb;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The HTTP clients inside one modem, four at most, each for one request. */
final class HttpClients {

    private static final int CLIENTS_MAX = 4;

    private final ModemNetwork network;
    private final Dialogue dialogue;
    private final Map<Integer, ModemHttp> clients = new HashMap<>();

    HttpClients(ModemNetwork network, Dialogue dialogue) {
        this.network = network;
        this.dialogue = dialogue;
    }

    void closeAll() {
        clients.values().forEach(ModemHttp::close);
        clients.clear();
    }

    void perform(AtRule rule, AtCommand command) {
        if (rule.does() == Verb.HTTP_CREATE) {
            create(rule, command);
            return;
        }
        int id = rule.number("http", command);
        if (rule.does() == Verb.HTTP_DELETE) {
            ModemHttp deleted = clients.remove(id);
            if (deleted != null) {
                deleted.close();
            }
            dialogue.answer(rule, command);
            return;
        }
        ModemHttp client = clients.get(id);
        if (client == null) {
            dialogue.refuse("http-unknown");
        } else {
            perform(client, id, rule, command);
        }
    }

    private void create(AtRule rule, AtCommand command) {
        int id = 0;
        while (clients.containsKey(id)) {
            id++;
        }
        if (id == CLIENTS_MAX) {
            dialogue.refuse("http-busy");
            return;
        }
        String name = Integer.toString(id);
        clients.put(id, new ModemHttp(rule.given("url", command), (event, values) -> tell(name, event, values)));
        dialogue.set("http", name);
        dialogue.answer(rule, command);
    }

    private void tell(String id, String event, UnaryOperator<String> values) {
        dialogue.tell(event, gap -> switch (gap) {
            case "http" -> id;
            case "error" -> dialogue.error(values.apply("problem"));
            default -> values.apply(gap);
        });
    }

    private void perform(ModemHttp client, int id, AtRule rule, AtCommand command) {
        switch (rule.does()) {
            case HTTP_HEADER -> {
                client.header(rule.given("line", command));
                dialogue.answer(rule, command);
            }
            case HTTP_CONTENT ->
                dialogue.prompt(rule.number("length", command), bytes -> {
                    client.content(bytes);
                    dialogue.answer(rule, command);
                });
            default -> {
                String path = rule.given("path", command);
                String plain = dialogue.setting("http-hex." + id).equals("1") ? Commands.bytesOf(path) : path;
                if (plain == null) {
                    dialogue.refuse("http-path");
                } else {
                    dialogue.answer(rule, command);
                    client.request(network, rule.number("method", command), plain);
                }
            }
        }
    }
}
