package io.fieldloop.device.modem;

import io.fieldloop.device.modem.grammar.AtCommand;
import io.fieldloop.device.modem.grammar.AtRule;
import io.fieldloop.device.modem.grammar.ModemKind;
import io.fieldloop.device.modem.grammar.Template;
import io.fieldloop.device.modem.ppp.PppSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a modem makes of the commands it hears: one at a time, by its kind's rules, with its sockets and clients. */
final class Commands implements Dialogue {

    private static final String ERROR = "ERROR";

    /** The slowest that anybody asks for. */
    private static final int BAUD_MIN = 300;

    /** What the modem does around them. */
    interface Body {
        void speed(int baud);

        void speedAtRestart(int baud);

        void reboot();

        /** Unless it restarts first. */
        void later(Duration delay, Runnable task);
    }

    final ModemSockets sockets;
    final MqttClients mqtt;
    private final HttpClients http;
    private final ModemKind kind;
    private final FaultPlan faults;
    private final Voice voice;
    private final DataMode data;
    private final Body body;
    private final CommandInput input = new CommandInput(this::heard);
    private final Map<String, String> settings = new HashMap<>();
    private @Nullable ModemFault unsent;

    Commands(ModemKind kind, ModemNetwork network, FaultPlan faults, Voice voice, DataMode data, Body body) {
        this.kind = kind;
        this.faults = faults;
        this.voice = voice;
        this.data = data;
        this.body = body;
        this.sockets = new ModemSockets(kind, network, this::tell);
        this.mqtt = new MqttClients(network, this);
        this.http = new HttpClients(network, this);
    }

    void begin(Map<String, String> told) {
        settings.putAll(kind.settings());
        settings.putAll(told);
    }

    void forget() {
        sockets.closeAll();
        mqtt.closeAll();
        http.closeAll();
        input.forget();
        settings.clear();
    }

    void receive(String bytes) {
        if (input.takesCommands() && setting("echo").equals("1")) {
            voice.raw(bytes);
        }
        input.receive(bytes);
    }

    private void heard(String text) {
        ModemFault fault = faults.on(ModemFault.When.COMMAND, text);
        if (fault == null) {
            execute(text, Duration.ZERO);
        } else if (fault.unsent()) {
            unsent = fault;
            execute(text, fault.delay());
        } else if (fault.says() != null) {
            List<String> says = fault.says();
            work(fault.delay(), () -> {
                says.forEach(voice::line);
                input.free();
            });
        } else if (!fault.lost()) {
            execute(fault.cut(text), fault.delay());
        }
    }

    private void execute(String text, Duration delay) {
        AtCommand command = AtCommand.parse(text);
        AtRule rule = kind.rule(command);
        if (rule == null) {
            voice.line(ERROR);
        } else {
            work(rule.after().plus(delay), () -> perform(rule, command));
        }
    }

    /** Hears nothing until then, unless it restarts first. */
    private void work(Duration time, Runnable task) {
        input.busy();
        body.later(time, task);
    }

    private void perform(AtRule rule, AtCommand command) {
        switch (rule.does()) {
            case NOTHING, STATE -> answer(rule, command);
            case OPEN -> open(rule, command);
            case SEND -> send(rule, command, bytesOf(rule.given("hex", command)));
            case PROMPT_AND_SEND -> prompt(rule.number("length", command), bytes -> send(rule, command, bytes));
            case CLOSE -> {
                answer(rule, command);
                sockets.close(rule.number("id", command));
            }
            case SPEED -> speed(rule, command, body::speed);
            case SPEED_AT_RESTART -> speed(rule, command, body::speedAtRestart);
            case REBOOT -> {
                answer(rule, command);
                body.reboot();
            }
            case MQTT_STATE, MQTT_OPEN, MQTT_CONNECT, MQTT_PUBLISH, MQTT_SUBSCRIBE, MQTT_CLOSE ->
                mqtt.perform(rule, command);
            case HTTP_CREATE, HTTP_HEADER, HTTP_CONTENT, HTTP_REQUEST, HTTP_DELETE -> http.perform(rule, command);
            case DATA -> {
                boolean connects = rule.says(values(rule, command)).stream().anyMatch(Template::connects);
                answer(rule, command);
                if (connects) {
                    data.enter(PppSettings.of(this::setting));
                }
            }
        }
    }

    private void speed(AtRule rule, AtCommand command, IntConsumer body) {
        int next = rule.number("baud", command);
        if (next < BAUD_MIN) {
            fail();
        } else {
            answer(rule, command);
            body.accept(next);
        }
    }

    private void fail() {
        voice.line(ERROR);
        input.free();
    }

    /** Null where it is no hexadecimal. */
    static @Nullable String bytesOf(String hex) {
        byte[] bytes = new byte[hex.length() / 2];
        int wrong = hex.length() % 2;
        for (int index = 0; index < bytes.length; index++) {
            int value = Hex.valueOf(hex.charAt(2 * index)) << 4 | Hex.valueOf(hex.charAt(2 * index + 1));
            bytes[index] = (byte) value;
            wrong |= value & ~0xFF;
        }
        return wrong == 0 ? new String(bytes, StandardCharsets.ISO_8859_1) : null;
    }

    @Override
    public void prompt(int length, Consumer<String> taken) {
        if (length == 0) {
            fail();
        } else {
            voice.prompt(setting("prompt"));
            input.await(length, taken);
        }
    }

    private void open(AtRule rule, AtCommand command) {
        int id = rule.number("id", command);
        UnaryOperator<String> values = values(rule, command);
        boolean refused = rule.says(values).stream().anyMatch(Template::isError);
        answer(rule, command);
        if (!refused) {
            boolean tls = setting("tls." + id).equals("1");
            sockets.open(id, values.apply("type"), values.apply("host"), rule.number("port", command), tls);
        }
    }

    private void send(AtRule rule, AtCommand command, @Nullable String bytes) {
        ModemFault fault = unsent;
        unsent = null;
        if (bytes == null) {
            fail();
            return;
        }
        if (fault != null && fault.says() != null) {
            fault.says().forEach(voice::line);
            input.free();
            return;
        }
        ModemSocket socket = sockets.find(rule.number("id", command));
        if (socket == null || !socket.isOpen()) {
            refuse("not-open");
        } else {
            socket.send(bytes, () -> answer(rule, command));
        }
    }

    @Override
    public void refuse(String problem) {
        voice.line("+CME ERROR: " + error(problem));
        input.free();
    }

    @Override
    public String error(String problem) {
        return kind.errors().getOrDefault(problem, "1");
    }

    @Override
    public String setting(String name) {
        return settings.getOrDefault(name, "");
    }

    @Override
    public void set(String name, String value) {
        settings.put(name, value);
    }

    @Override
    public void later(Duration delay, Runnable task) {
        body.later(delay, task);
    }

    @Override
    public void tell(String event, UnaryOperator<String> values) {
        tell(kind.event(event, false), values);
    }

    @Override
    public void answer(AtRule rule, AtCommand command) {
        UnaryOperator<String> values = values(rule, command);
        rule.sets().forEach((name, value) -> settings.put(name.fill(values), value.fill(values)));
        List<Template> says = rule.says(values);
        if (says.isEmpty()) {
            voice.line(ERROR);
        }
        voice.together(() -> says.forEach(template -> voice.line(template.fill(values))));
        input.free();
    }

    private UnaryOperator<String> values(AtRule rule, AtCommand command) {
        return gap -> {
            String value = rule.argument(gap, command);
            ModemSocket socket = value == null ? socketOf(rule, command) : null;
            if (socket != null) {
                value = socket.value(gap);
            }
            return value == null ? setting(gap) : value;
        };
    }

    private @Nullable ModemSocket socketOf(AtRule rule, AtCommand command) {
        return rule.argument("id", command) == null ? null : sockets.find(rule.number("id", command));
    }

    private void tell(List<Template> lines, UnaryOperator<String> values) {
        lines.forEach(template -> voice.line(template.fill(values)));
    }
}
