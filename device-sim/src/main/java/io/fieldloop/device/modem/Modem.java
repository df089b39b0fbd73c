package io.fieldloop.device.modem;

import io.fieldloop.device.attempt.SocketWitness;
import io.fieldloop.device.modem.ppp.PppSettings;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
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

    /** The slowest that anybody asks for. */
    private static final int BAUD_MIN = 300;

    /** How long it says nothing while it restarts: assumed. */
    private static final Duration RESTART = Duration.ofSeconds(3);

    private final EventLoop loop;
    private final LateTimers timers;
    private final ModemKind kind;
    private final Map<String, String> settings;
    private final ModemSockets sockets;
    private final CommandInput input = new CommandInput(this::heard);
    private final ModemSettings told;
    private final FaultPlan faults;
    private final Voice voice;
    private final DataMode data;
    private final List<Future<?>> planned = new ArrayList<>();
    private boolean off = true;
    private int boots;
    private @Nullable ModemFault unsent;
    private int baud;

    /** A modem without power; {@code acted} is told when a fault acts, and on what. */
    public Modem(EventLoop loop, ModemSettings told, ModemNetwork network, BiConsumer<ModemFault, String> acted) {
        this.loop = loop;
        this.timers = new LateTimers(loop);
        this.told = told;
        this.kind = told.kind();
        this.settings = new HashMap<>();
        this.sockets = new ModemSockets(kind, network, this::tell);
        this.faults = new FaultPlan(told.faults(), acted);
        this.voice = new Voice(loop, faults);
        this.data = new DataMode(network.packets(), this::unlessRestarted, voice);
        this.baud = told.powerUpBaud();
    }

    /** Where what it says goes, and who is told for how long the host's receiver does not run. */
    public void connect(Consumer<String> wire, Consumer<Duration> stalls) {
        voice.connect(wire, stalls);
    }

    /** It has power, answers at once, and goes through its states of registration. */
    public void powerUp() {
        baud = told.powerUpBaud();
        faults.timed().forEach(fault -> later(fault.at(), () -> strike(fault)));
        wake();
    }

    private void wake() {
        off = false;
        settings.putAll(kind.settings());
        settings.putAll(told.settings());
        Duration from = Duration.ZERO;
        for (ModemSettings.Registration registration : told.registration()) {
            later(from, () -> register(registration.stat()));
            from = from.plus(registration.lasting());
        }
    }

    private void register(int stat) {
        settings.put("registration", Integer.toString(stat));
        if (!settings.getOrDefault("reports", "0").equals("0")) {
            tell("registered");
        }
    }

    private void strike(ModemFault fault) {
        faults.acts(fault);
        if (fault.says() != null) {
            fault.says().forEach(voice::line);
        }
        if (fault.session() != null) {
            data.meet(fault.session());
        }
        if (fault.reboots()) {
            reboot(fault.baud());
        }
    }

    private void unlessRestarted(Duration delay, Runnable task) {
        int since = boots;
        timers.schedule(
                () -> {
                    if (since == boots) {
                        task.run();
                    }
                },
                delay.toNanos());
    }

    private void reboot(int next) {
        sockets.closeAll();
        forget();
        baud = next == 0 ? baud : next;
        later(RESTART, () -> {
            wake();
            tell("banner");
        });
    }

    private void later(Duration delay, Runnable task) {
        if (delay.isZero()) {
            task.run();
        } else {
            planned.add(loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS));
        }
    }

    /** What its answers wait for, and its wires have to. */
    public LateTimers timers() {
        return timers;
    }

    public int baud() {
        return baud;
    }

    /** Whether the line carries a PPP session now, and no text. */
    public boolean isOnLine() {
        return data.isOnLine();
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
        planned.forEach(timer -> timer.cancel(false));
        planned.clear();
        sockets.closeAll();
        forget();
    }

    private void forget() {
        off = true;
        boots++;
        data.hangUp();
        input.forget();
        settings.clear();
    }

    /** Bytes arrived on its receive pin. */
    public void receive(String bytes) {
        if (off) {
            return;
        }
        if (data.isOnLine()) {
            data.receive(bytes);
            return;
        }
        if (input.takesCommands() && settings.getOrDefault("echo", "0").equals("1")) {
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
        unlessRestarted(time, task);
    }

    private void perform(AtRule rule, AtCommand command) {
        switch (rule.does()) {
            case NOTHING, STATE -> answer(rule, command);
            case OPEN -> open(rule, command);
            case SEND -> send(rule, command, bytesOf(rule.given("hex", command)));
            case PROMPT_AND_SEND -> prompt(rule, command);
            case CLOSE -> {
                answer(rule, command);
                sockets.close(rule.number("id", command));
            }
            case SPEED -> {
                int next = rule.number("baud", command);
                if (next < BAUD_MIN) {
                    fail();
                } else {
                    answer(rule, command);
                    baud = next;
                }
            }
            case REBOOT -> {
                answer(rule, command);
                reboot(0);
            }
            case DATA -> {
                boolean connects = rule.says(values(rule, command)).stream().anyMatch(Template::connects);
                answer(rule, command);
                if (connects) {
                    data.enter(PppSettings.of(name -> settings.getOrDefault(name, "")));
                }
            }
        }
    }

    private void fail() {
        voice.line(ERROR);
        input.free();
    }

    /** Null where it is no hexadecimal. */
    private static @Nullable String bytesOf(String hex) {
        try {
            return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException noHex) {
            return null;
        }
    }

    private void prompt(AtRule rule, AtCommand command) {
        int length = rule.number("length", command);
        if (length == 0) {
            fail();
        } else {
            voice.prompt(settings.getOrDefault("prompt", ">"));
            input.await(length, data -> send(rule, command, data));
        }
    }

    private void open(AtRule rule, AtCommand command) {
        int id = rule.number("id", command);
        UnaryOperator<String> values = values(rule, command);
        boolean refused = rule.says(values).stream().anyMatch(Template::isError);
        answer(rule, command);
        if (!refused) {
            boolean tls = settings.getOrDefault("tls." + id, "0").equals("1");
            sockets.open(id, values.apply("type"), values.apply("host"), rule.number("port", command), tls);
        }
    }

    private void send(AtRule rule, AtCommand command, @Nullable String data) {
        ModemFault fault = unsent;
        unsent = null;
        if (data == null) {
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
            voice.line("+CME ERROR: " + kind.errors().getOrDefault("not-open", "551"));
            input.free();
        } else {
            socket.send(data, () -> answer(rule, command));
        }
    }

    private void answer(AtRule rule, AtCommand command) {
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
        ModemSocket socket = rule.argument("id", command) == null ? null : sockets.find(rule.number("id", command));
        return gap -> {
            String value = rule.argument(gap, command);
            if (value == null && socket != null) {
                value = socket.value(gap);
            }
            return value == null ? settings.getOrDefault(gap, "") : value;
        };
    }

    private void tell(String event) {
        tell(kind.event(event, false), gap -> settings.getOrDefault(gap, ""));
    }

    private void tell(List<Template> lines, UnaryOperator<String> values) {
        lines.forEach(template -> voice.line(template.fill(values)));
    }
}
