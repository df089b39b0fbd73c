package io.fieldloop.device.modem;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a modem says, and what becomes of it on its way to the wire. */
final class Voice {

    private record Held(String text, String behind) {}

    private final EventLoop loop;
    private final FaultPlan faults;
    private final Queue<Held> held = new ArrayDeque<>();
    private Consumer<String> wire = bytes -> {};
    private Consumer<Duration> stall = time -> {};
    private @Nullable StringBuilder together;

    Voice(EventLoop loop, FaultPlan faults) {
        this.loop = loop;
        this.faults = faults;
    }

    void connect(Consumer<String> to, Consumer<Duration> stalls) {
        wire = to;
        stall = stalls;
    }

    /** Bytes as they are, such as an echo. */
    void raw(String bytes) {
        if (together == null) {
            wire.accept(bytes);
        } else {
            together.append(bytes);
        }
    }

    /** What is said meanwhile goes to the wire in one piece. */
    void together(Runnable says) {
        StringBuilder all = new StringBuilder();
        together = all;
        says.run();
        together = null;
        if (all.length() > 0) {
            wire.accept(all.toString());
        }
    }

    void line(String text) {
        say(text, "\r\n" + text + "\r\n");
    }

    void prompt(String text) {
        say(text, text);
    }

    private void say(String text, String framed) {
        ModemFault fault = faults.on(ModemFault.When.LINE, text);
        if (fault == null) {
            put(text, framed);
            return;
        }
        stall.accept(fault.stalls());
        List<String> instead = fault.says();
        if (fault.behind() != null) {
            Held line = new Held(framed, fault.behind());
            held.add(line);
            after(fault.delay(), () -> release(line));
        } else if (instead != null) {
            after(fault.delay(), () -> instead.forEach(say -> raw("\r\n" + say.replace("{line}", text) + "\r\n")));
        } else if (!fault.lost()) {
            String left = fault.cutBytes() == 0 ? framed : framed.replace(text, fault.cut(text));
            after(fault.delay(), () -> put(text, left));
        }
    }

    private void put(String text, String framed) {
        raw(framed);
        if (held.isEmpty()) {
            return;
        }
        held.stream().filter(line -> text.startsWith(line.behind())).findFirst().ifPresent(this::release);
    }

    private void release(Held line) {
        if (held.remove(line)) {
            raw(line.text());
        }
    }

    private void after(Duration delay, Runnable task) {
        if (delay.isZero()) {
            task.run();
        } else {
            loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
