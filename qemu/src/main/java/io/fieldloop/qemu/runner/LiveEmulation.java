package io.fieldloop.qemu.runner;

import io.fieldloop.qemu.console.ConsoleLines;
import io.fieldloop.qemu.machine.BootMedium;
import io.fieldloop.qemu.runner.EmulationEnd.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.codec.string.StringEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A running machine: its console, its control socket and its end, all on one event loop of its own.
 *
 * <p>The console is a pair of pipes that are there before QEMU is; QEMU waits for nobody. Its power is on when its control socket opens, or
 * the firmware says something. Forks exist that accept a control connection and never read it, so nothing may depend on an answer: there,
 * ending is a signal.
 */
final class LiveEmulation implements Emulation {
    private static final int QMP_LINE_BYTES_MAX = 1 << 20;

    private final EmulationConfig config;
    private final EmulationListener listener;
    private final EmulationLimits limits;
    private final EventLoop loop;
    private final QemuHandle qemu;
    private final ConsoleLog log;
    private final ConsoleLines lines = new ConsoleLines(this::line);
    private final LastLines lastLines = new LastLines();
    private final FirmwareWatch watch;
    private final QmpChannel qmp = new QmpChannel();
    private final PipeConsole console;
    private final CompletableFuture<Channel> qmpConnection;
    private final CompletableFuture<Emulation> started = new CompletableFuture<>();
    private final CompletableFuture<EmulationEnd> ended = new CompletableFuture<>();
    private final long startNanos;
    private long powerOnNanos;
    private boolean powered;
    private boolean heard;
    private boolean toldLossy;
    private boolean stopping;
    private boolean killed;
    private QemuHandle.@Nullable Exit exit;

    private LiveEmulation(
            EmulationConfig config,
            EmulationListener listener,
            EmulationLimits limits,
            EventLoop loop,
            ControlDirectory control,
            QemuHandle qemu,
            ConsoleLog log) {
        this.config = config;
        this.listener = listener;
        this.limits = limits;
        this.loop = loop;
        this.qemu = qemu;
        this.log = log;
        watch = new FirmwareWatch(limits, listener::event);
        startNanos = loop.ticker().nanoTime();
        powerOnNanos = startNanos;
        console = PipeConsole.open(loop, control.sockets().console());
        qmpConnection = new SocketConnector(loop, control.sockets().qmp()).connect();
    }

    /** Hears a QEMU that was just started; called on the loop. */
    static LiveEmulation attach(
            EmulationConfig config,
            EmulationListener listener,
            EmulationLimits limits,
            EventLoop loop,
            ControlDirectory control,
            QemuHandle qemu,
            ConsoleLog log) {
        LiveEmulation emulation = new LiveEmulation(config, listener, limits, loop, control, qemu, log);
        emulation.wire();
        return emulation;
    }

    private void wire() {
        console.hear(this::heard, this::lossy);
        qmpConnection.thenAccept(this::qmpConnected);
        loop.scheduleAtFixedRate(
                () -> lines.pause(now()),
                ConsoleLines.PAUSE.toMillis(),
                ConsoleLines.PAUSE.toMillis(),
                TimeUnit.MILLISECONDS);
        qmp.ready().thenRun(() -> started.complete(this));
        qemu.exit().thenAccept(gone -> loop.execute(() -> exited(gone)));
        after(limits.start(), this::startLimit);
    }

    /** Completes when the firmware runs and is heard. */
    CompletableFuture<Emulation> started() {
        return started;
    }

    @Override
    public void write(String text) {
        console.write(text);
    }

    @Override
    public CompletableFuture<Void> reset() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            if (!qmp.isReady()) {
                done.completeExceptionally(new EmulationException("the QEMU of " + config.name()
                        + " does not answer its control socket, so its reset button cannot be pressed; stop it and"
                        + " start it anew."));
                return;
            }
            watch.resetOrdered();
            qmp.command("system_reset").whenComplete((ok, refusal) -> {
                if (refusal == null) {
                    done.complete(null);
                } else {
                    done.completeExceptionally(refusal);
                }
            });
        });
        return done;
    }

    @Override
    public CompletableFuture<EmulationEnd> stop() {
        if (!ended.isDone()) {
            loop.execute(this::stopOnce);
        }
        return ended;
    }

    @Override
    public CompletableFuture<EmulationEnd> cut() {
        loop.execute(() -> {
            if (exit == null) {
                stopping = true;
                qemu.kill();
            }
        });
        return ended;
    }

    @Override
    public CompletableFuture<EmulationEnd> ended() {
        return ended;
    }

    @Override
    public Path consoleLog() {
        return log.path();
    }

    private void stopOnce() {
        if (stopping || exit != null) {
            return;
        }
        stopping = true;
        if (qmp.isReady()) {
            qmp.command("quit");
        } else {
            qemu.terminate();
        }
        after(limits.quit(), this::kill);
    }

    private void kill() {
        if (exit == null) {
            killed = true;
            qemu.kill();
        }
    }

    private void startLimit() {
        if (!powered && exit == null) {
            started.completeExceptionally(new EmulationException("the QEMU of " + config.name()
                    + " neither opens its control socket nor says anything within "
                    + limits.start().toSeconds()
                    + " s; it was ended."));
            kill();
        }
    }

    private void powered() {
        if (!powered) {
            powered = true;
            powerOnNanos = now();
            after(limits.control(), () -> started.complete(this));
            after(limits.silence(), this::silenceLimit);
        }
    }

    private void qmpConnected(Channel control) {
        powered();
        control.pipeline()
                .addLast(
                        new LineBasedFrameDecoder(QMP_LINE_BYTES_MAX),
                        new StringDecoder(StandardCharsets.UTF_8),
                        new StringEncoder(StandardCharsets.UTF_8),
                        qmp);
        control.config().setAutoRead(true);
    }

    private void silenceLimit() {
        if (!heard && exit == null && !stopping) {
            listener.event(new FirmwareEvent.Silent(limits.silence()));
        }
    }

    /** A chip's UART does not wait for room; that of a board without one (a 16550) does. */
    private void lossy() {
        if (!toldLossy && config.boot() instanceof BootMedium.Flash) {
            toldLossy = true;
            listener.event(new FirmwareEvent.ConsoleFull());
        }
    }

    private void heard(ByteBuf bytes) {
        powered();
        if (!heard) {
            heard = true;
            listener.event(new FirmwareEvent.Booted(Duration.ofNanos(now() - powerOnNanos)));
        }
        log.write(bytes);
        lines.feed(bytes.nioBuffer(), now());
    }

    private void line(String line) {
        lastLines.add(line);
        listener.consoleLine(line);
        watch.line(line, now());
    }

    private void exited(QemuHandle.Exit gone) {
        exit = gone;
        qmpConnection.cancel(false);
        console.drain();
        if (reason() == Reason.EXITED) {
            EndOfProcess.tellUnlessOver(() -> loop.execute(this::finish));
        } else {
            finish();
        }
    }

    private void finish() {
        QemuHandle.Exit gone = exit;
        if (gone == null || ended.isDone()) {
            return;
        }
        lines.end();
        log.close();
        EmulationEnd end = new EmulationEnd(sentence(gone), gone.status(), reason(), lastLines.list(), log.path());
        listener.event(new FirmwareEvent.Exited(end));
        started.completeExceptionally(new EmulationException(end.message()));
        ended.complete(end);
    }

    private Reason reason() {
        if (killed) {
            return Reason.KILLED;
        }
        return stopping ? Reason.STOPPED : Reason.EXITED;
    }

    private String sentence(QemuHandle.Exit gone) {
        if (killed) {
            return "QEMU did not answer and was killed.";
        }
        return stopping ? "stopped." : Complaint.sentence(config.machine(), gone);
    }

    private long now() {
        return loop.ticker().nanoTime() - startNanos;
    }

    private void after(Duration delay, Runnable action) {
        loop.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
