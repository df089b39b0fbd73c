package io.fieldloop.device.modem;

import io.fieldloop.device.attempt.SocketWitness;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A modem: takes commands from a UART, one at a time as their lines end, answers as its kind's grammar says, and ends sockets in a network.
 *
 * <p>While an answer is due, what comes in waits; after a prompt it is data, commands among it.
 */
public final class Modem {

    /** How long it says nothing while it restarts: assumed. */
    private static final Duration RESTART = Duration.ofSeconds(3);

    private final EventLoop loop;
    private final LateTimers timers;
    private final Commands commands;
    private final ModemSettings told;
    private final FaultPlan faults;
    private final Voice voice;
    private final ModemNetwork network;
    private final DataMode data;
    private final List<Future<?>> planned = new ArrayList<>();
    private @Nullable EthernetLine line;
    private boolean off = true;
    private int boots;
    private int baud;
    private int restartBaud; // 0: the one it has

    /** A modem without power; {@code acted} is told when a fault acts, and on what. */
    public Modem(EventLoop loop, ModemSettings told, ModemNetwork network, BiConsumer<ModemFault, String> acted) {
        this.loop = loop;
        this.timers = new LateTimers(loop);
        this.told = told;
        this.network = network;
        this.faults = new FaultPlan(told.faults(), acted);
        this.voice = new Voice(loop, faults);
        this.data = new DataMode(network.packets(), this::unlessRestarted, voice);
        this.commands = new Commands(told.kind(), network, faults, voice, data, new Around());
        this.baud = told.powerUpBaud();
    }

    /** Where what it says goes, also as frames, and who is told for how long the host's receiver does not run. */
    public void connect(Consumer<String> wire, Consumer<Duration> stalls) {
        line = told.kind().isEthernet() ? new EthernetLine(commands::receive, network.frames(), wire) : null;
        voice.connect(line == null ? wire : line::say, stalls);
    }

    /** It has power, answers at once, and goes through its states of registration. */
    public void powerUp() {
        baud = told.powerUpBaud();
        faults.timed().forEach(fault -> planned(fault.at(), () -> strike(fault)));
        wake();
    }

    private void wake() {
        off = false;
        commands.begin(told.settings());
        Duration from = Duration.ZERO;
        for (ModemSettings.Registration registration : told.registration()) {
            planned(from, () -> register(registration.stat()));
            from = from.plus(registration.lasting());
        }
    }

    private void register(int stat) {
        commands.set("registration", Integer.toString(stat));
        if (!commands.setting("reports").equals("0")) {
            commands.tell("registered", commands::setting);
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
        forget();
        baud = next == 0 ? baud : next;
        planned(RESTART, () -> {
            wake();
            commands.tell("banner", commands::setting);
        });
    }

    private void planned(Duration delay, Runnable task) {
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

    /** Who is told of the next opening of an MQTT client. */
    public void witnessMqtt(SocketWitness witness) {
        commands.mqtt.witness(witness);
    }

    /** What went wrong last with that MQTT client. */
    @Nullable
    public Throwable seenByMqtt(int id) {
        return commands.mqtt.seen(id);
    }

    /** Who is told of the next opening of that socket. */
    public void witness(int id, SocketWitness witness) {
        commands.sockets.witness(id, witness);
    }

    /** What went wrong last with that socket, as the modem saw it; null where nothing did. */
    @Nullable
    public Throwable seen(int id) {
        return commands.sockets.seen(id);
    }

    /** Power is cut: its sockets are gone, and what it was doing. */
    public void losePower() {
        planned.forEach(timer -> timer.cancel(false));
        planned.clear();
        forget();
    }

    private void forget() {
        commands.forget();
        off = true;
        boots++;
        data.hangUp();
        if (line != null) {
            line.hangUp();
        }
    }

    /** Bytes arrived on its receive pin. */
    public void receive(String bytes) {
        if (off) {
            return;
        }
        if (line != null) {
            line.receive(bytes);
        } else if (data.isOnLine()) {
            data.receive(bytes);
        } else {
            commands.receive(bytes);
        }
    }

    /** What commands do to the modem as a whole. */
    private final class Around implements Commands.Body {

        @Override
        public void speed(int next) {
            baud = next;
        }

        @Override
        public void speedAtRestart(int next) {
            restartBaud = next;
        }

        @Override
        public void reboot() {
            Modem.this.reboot(restartBaud);
        }

        @Override
        public void later(Duration delay, Runnable task) {
            unlessRestarted(delay, task);
        }
    }
}
