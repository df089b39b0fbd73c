package io.fieldloop.qemu.runner;

import io.fieldloop.qemu.machine.MachineException;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What both emulators do around a QEMU: a directory for its sockets, an event loop to hear it, and nothing left at its end. */
public final class Launch {
    private final EmulationConfig config;
    private final EmulationListener listener;
    private final EmulationLimits limits;
    private final Starter starter;
    private final CompletableFuture<Emulation> result = new CompletableFuture<>();

    private Launch(EmulationConfig config, EmulationListener listener, EmulationLimits limits, Starter starter) {
        this.config = config;
        this.listener = listener;
        this.limits = limits;
        this.starter = starter;
    }

    /** Starts a QEMU somewhere, on a thread of its own: it may take its time. */
    public interface Starter {
        QemuHandle start(ControlDirectory control);
    }

    public static CompletableFuture<Emulation> of(
            EmulationConfig config, EmulationListener listener, EmulationLimits limits, Starter starter) {
        Launch launch = new Launch(config, listener, limits, starter);
        new DefaultThreadFactory("qemu-start-" + config.name(), true)
                .newThread(launch::run)
                .start();
        return launch.result;
    }

    private void run() {
        try {
            ControlDirectory control = ControlDirectory.create();
            try {
                start(control);
            } catch (RuntimeException failed) {
                control.delete();
                throw failed;
            }
        } catch (MachineException impossible) {
            result.completeExceptionally(new EmulationException(impossible.sentence(), impossible));
        } catch (RuntimeException failed) {
            EndOfProcess.tellUnlessOver(() -> result.completeExceptionally(failed));
        }
    }

    private void start(ControlDirectory control) {
        KillAtExit killAtExit = KillAtExit.register(control);
        try {
            PipeConsole.make(control.sockets().console());
            attach(control, killAtExit, killAtExit.start(starter));
        } catch (RuntimeException failed) {
            killAtExit.release();
            throw failed;
        }
    }

    private void attach(ControlDirectory control, KillAtExit killAtExit, QemuHandle qemu) {
        ConsoleLog log = open(qemu);
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("qemu-" + config.name(), true), NioIoHandler.newFactory());
        EventLoop loop = group.next();
        loop.execute(() -> {
            LiveEmulation emulation = LiveEmulation.attach(config, listener, limits, loop, control, qemu, log);
            emulation.ended().whenComplete((end, never) -> {
                killAtExit.release();
                control.delete();
                group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            });
            emulation.started().whenComplete(this::complete);
        });
    }

    private ConsoleLog open(QemuHandle qemu) {
        try {
            return ConsoleLog.open(config.directory().resolve("console.log"));
        } catch (EmulationException failed) {
            qemu.destroy();
            throw failed;
        }
    }

    private void complete(Emulation emulation, Throwable failure) {
        if (failure == null) {
            result.complete(emulation);
        } else {
            result.completeExceptionally(failure);
        }
    }
}
