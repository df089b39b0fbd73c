package io.fieldloop.device.modem;

import io.fieldloop.device.attempt.SocketWitness;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A modem: takes commands from a UART, one at a time as their lines end, answers as its kind's grammar says, and ends sockets in a network.
 *
 * <p>While an answer is due, what comes in waits; after a prompt it is data, commands among it.
 */
public final class Modem {

    private static final String ERROR = "ERROR";

    private final EventLoop loop;
    private final ModemKind kind;
    private final Map<String, String> settings;
    private final ModemSockets sockets;
    private final StringBuilder input = new StringBuilder();
    private Consumer<String> line = bytes -> {};
    private Consumer<String> awaited = data -> {};
    private int awaitedBytes;
    private boolean busy;
    private boolean lineFeedMayFollow;
    private int baud;

    /** @param baud its speed at first */
    public Modem(EventLoop loop, ModemKind kind, ModemNetwork network, int baud) {
        this.loop = loop;
        this.kind = kind;
        this.settings = new HashMap<>(kind.settings());
        this.sockets = new ModemSockets(kind, network, this::tell);
        this.baud = baud;
    }

    /** Where what it says goes. */
    public void connect(Consumer<String> to) {
        line = to;
    }

    public int baud() {
        return baud;
    }

    /** Who is told of the next opening of that socket. */
    public void witness(int id, SocketWitness witness) {
        sockets.witness(id, witness);
    }

    /** What went wrong last with that socket, as the modem saw it; null where nothing did. */
    @Nullable
    public Throwable seen(int id) {
        return sockets.seen(id);
    }

    /** Power is cut: its sockets are gone, and what it was doing. */
    public void losePower() {
        sockets.closeAll();
        input.setLength(0);
        awaitedBytes = 0;
        busy = false;
        settings.clear();
        settings.putAll(kind.settings());
    }

    /** Bytes arrived on its receive pin. */
    public void receive(String bytes) {
        if (awaitedBytes == 0 && settings.getOrDefault("echo", "0").equals("1")) {
            line.accept(bytes);
        }
        input.append(bytes);
        if (lineFeedMayFollow) {
            skipLineFeed();
        }
        consume();
    }

    /** One behind a command's end belongs to it, and not to the data. */
    private void skipLineFeed() {
        lineFeedMayFollow = input.length() == 0;
        if (!lineFeedMayFollow && input.charAt(0) == '\n') {
            input.deleteCharAt(0);
        }
    }

    private void consume() {
        boolean more = true;
        while (more) {
            more = awaitedBytes > 0 ? takeData() : !busy && takeCommand();
        }
    }

    private boolean takeData() {
        if (input.length() < awaitedBytes) {
            return false;
        }
        String data = input.substring(0, awaitedBytes);
        input.delete(0, awaitedBytes);
        awaitedBytes = 0;
        awaited.accept(data);
        return true;
    }

    private boolean takeCommand() {
        int end = input.indexOf("\r");
        if (end < 0) {
            return false;
        }
        String text = input.substring(0, end).strip();
        input.delete(0, end + 1);
        skipLineFeed();
        if (!text.isEmpty()) {
            execute(AtCommand.parse(text));
        }
        return true;
    }

    private void execute(AtCommand command) {
        AtRule rule = kind.rule(command);
        if (rule == null) {
            say(ERROR);
        } else {
            busy = true;
            loop.schedule(() -> perform(rule, command), rule.after().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void perform(AtRule rule, AtCommand command) {
        switch (rule.does()) {
            case NOTHING, STATE -> answer(rule, command);
            case OPEN -> open(rule, command);
            case SEND -> send(rule, command, bytesOf(rule.given("hex", command)));
            case PROMPT_AND_SEND -> {
                line.accept(settings.getOrDefault("prompt", ">"));
                awaitedBytes = rule.number("length", command);
                awaited = data -> send(rule, command, data);
            }
            case CLOSE -> {
                answer(rule, command);
                sockets.close(rule.number("id", command));
            }
            case SPEED -> {
                answer(rule, command);
                baud = rule.number("baud", command);
            }
            case REBOOT -> {
                answer(rule, command);
                losePower();
            }
        }
    }

    private static String bytesOf(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }

    private void open(AtRule rule, AtCommand command) {
        int id = rule.number("id", command);
        boolean tls = settings.getOrDefault("tls." + id, "0").equals("1");
        answer(rule, command);
        sockets.open(id, rule.given("type", command), rule.given("host", command), rule.number("port", command), tls);
    }

    private void send(AtRule rule, AtCommand command, String data) {
        ModemSocket socket = sockets.find(rule.number("id", command));
        if (socket == null || !socket.isOpen()) {
            say("+CME ERROR: " + kind.errors().getOrDefault("not-open", "551"));
            free();
        } else {
            socket.send(data, () -> answer(rule, command));
        }
    }

    private void answer(AtRule rule, AtCommand command) {
        UnaryOperator<String> values = values(rule, command);
        rule.sets().forEach((name, value) -> settings.put(name.fill(values), value.fill(values)));
        List<Template> says = rule.says(settings);
        if (says.isEmpty()) {
            say(ERROR);
        }
        says.forEach(template -> say(template.fill(values)));
        free();
    }

    private void free() {
        busy = false;
        consume();
    }

    private UnaryOperator<String> values(AtRule rule, AtCommand command) {
        String id = rule.argument("id", command);
        ModemSocket socket = id == null ? null : sockets.find(Integer.parseInt(id));
        return gap -> {
            String value = rule.argument(gap, command);
            if (value == null && socket != null) {
                value = socket.value(gap);
            }
            return value == null ? settings.getOrDefault(gap, "") : value;
        };
    }

    private void tell(String event, UnaryOperator<String> values) {
        kind.event(event).forEach(template -> say(template.fill(values)));
    }

    private void say(String text) {
        line.accept("\r\n" + text + "\r\n");
    }
}
