package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.EventRecords;
import io.fieldloop.device.modem.ModemFault;
import io.fieldloop.device.modem.ModemSettings;
import io.fieldloop.qemu.bytes.OwnersFile;
import io.fieldloop.qemu.capture.FrameCapture;
import io.fieldloop.qemu.link.FrameLink;
import io.fieldloop.qemu.link.FrameLinkConfig;
import io.fieldloop.qemu.link.FrameLinkException;
import io.fieldloop.qemu.link.NameService;
import io.fieldloop.qemu.link.PortMap;
import io.fieldloop.qemu.machine.BootMedium;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.machine.NetworkWiring;
import io.fieldloop.qemu.runner.Emulation;
import io.fieldloop.qemu.runner.EmulationConfig;
import io.fieldloop.qemu.runner.EmulationEnd;
import io.fieldloop.qemu.runner.EmulationListener;
import io.fieldloop.qemu.runner.FirmwareEvent;
import io.fieldloop.qemu.runner.MachineDirectory;
import io.fieldloop.scenario.rig.DeviceSetup;
import io.fieldloop.scenario.rig.RigException;
import io.fieldloop.server.connection.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One device's machine, link, capture and files; the machine may be switched on and off, the rest stays. */
final class FirmwareHost {
    private final DeviceSetup setup;
    private final FirmwareChoice choice;
    private final FirmwareBoot boot;
    private final Observer observer;
    private final MachineDirectory machineDirectory;
    private final Path directory;
    private final Path evidence;
    private final PortMap ports = new PortMap();
    private final FrameCapture capture;
    private final FrameLink link;
    private final BootRecorder recorder;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private @Nullable WatchedFlash flash;
    private @Nullable Emulation running;
    private volatile boolean stopping;

    /** Hears the machine, on the machine's own thread. */
    interface Observer {
        void line(String text);

        void event(FirmwareEvent event);
    }

    FirmwareHost(
            DeviceSetup setup,
            FirmwareChoice choice,
            FirmwareBoot boot,
            NameService names,
            Path evidence,
            InstantSource clock,
            Observer observer) {
        this.setup = setup;
        this.choice = choice;
        this.boot = boot;
        this.observer = observer;
        this.evidence = evidence;
        try {
            Files.createDirectories(evidence);
            machineDirectory = MachineDirectory.create();
            directory = machineDirectory.path();
            capture = FrameCapture.create(evidence.resolve(fileName() + ".pcapng"), clock, Secrets::blanked);
            link = FrameLink.open(
                    new FrameLinkConfig(
                            setup.link(), setup.linkSeed(), directory, names, ports, choice.egress(), capture),
                    event -> setup.journal().link(event.kind(), event.attributes()));
            attachModem(names);
            recorder = new BootRecorder(choice, fileName(), directory, evidence, clock);
        } catch (IOException | UncheckedIOException e) {
            throw new RigException("No room for the firmware of " + setup.name() + ": " + e.getMessage() + ".");
        } catch (FrameLinkException e) {
            throw new RigException(String.valueOf(e.getMessage()));
        }
    }

    /** Its sockets lead where the gateway is, and its faults are told as the simulator's are. */
    private void attachModem(NameService names) {
        ModemSettings modem = setup.config().modem();
        if (modem != null) {
            link.attach(
                    modem,
                    (host, port) -> names.serves(host)
                            ? new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.actual(port))
                            : null,
                    (fault, on) -> {
                        DeviceEvent event =
                                new DeviceEvent.ModemFault(EventRecords.word(fault.when()), ModemFault.shown(on));
                        setup.journal().device(event.kind(), event.attributes());
                    });
        }
    }

    private String fileName() {
        return setup.name().replace('#', '-');
    }

    PortMap ports() {
        return ports;
    }

    FrameLink link() {
        return link;
    }

    void tlsSecret(String nssLine) {
        capture.tlsSecret(nssLine);
    }

    /** Puts a line beside the frames. */
    void note(String text) {
        capture.event(text);
    }

    boolean isRunning() {
        return running != null;
    }

    /** Whether an end of the machine is what the harness wants. */
    boolean isStopping() {
        return stopping;
    }

    /** Switches the machine on. */
    CompletableFuture<Void> start() {
        stopping = false;
        link.powerModem(true);
        WatchedFlash chip = flash();
        Machine machine = boot.machine(setup.config(), directory, chip);
        BootMedium medium = boot.medium(setup.config(), directory, chip);
        EmulationConfig config = EmulationConfig.of(setup.name(), machine, medium, directory)
                .withNetwork(NetworkWiring.relayed(link.sockets()))
                .withRecording(recorder.next(machine, medium));
        return choice.emulator().start(config, new Listener()).handle((emulation, failure) -> {
            if (failure != null) {
                Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
                throw new RigException(String.valueOf(cause.getMessage()));
            }
            running = emulation;
            return null;
        });
    }

    /** The device's flash where its scenario takes the power away at a write into it; else null. */
    @Nullable
    WatchedFlash flash() {
        if (flash == null) {
            flash = boot.watched(setup.config(), directory);
        }
        return flash;
    }

    void write(String line) {
        if (running != null) {
            running.write(choice.lineEnd().end(line));
        }
    }

    CompletableFuture<Void> reset() {
        if (running == null) {
            return start();
        }
        link.powerModem(true); // it is on the board's reset line
        return running.reset();
    }

    /** Takes the power away; done when the machine is gone. */
    CompletableFuture<Void> stop() {
        return end(Emulation::stop);
    }

    /** Takes it away this moment, from a machine that waits for its flash. */
    CompletableFuture<Void> cut() {
        return end(Emulation::cut);
    }

    private CompletableFuture<Void> end(Function<Emulation, CompletableFuture<EmulationEnd>> how) {
        Emulation machine = running;
        running = null;
        stopping = true;
        link.powerModem(false);
        return machine == null
                ? CompletableFuture.completedFuture(null)
                : how.apply(machine).thenAccept(this::keepLog);
    }

    /** Stops the machine and leaves nothing but the evidence. */
    CompletableFuture<Void> clearAway() {
        return stop().handleAsync((stopped, failure) -> {
            link.close();
            close(capture);
            if (flash != null) {
                flash.close();
            }
            machineDirectory.close();
            return null;
        });
    }

    private void close(FrameCapture complete) {
        try {
            complete.close();
        } catch (IOException e) {
            throw new RigException("The capture of " + setup.name() + " is not complete: " + e.getMessage() + ".");
        }
    }

    /** One file for all boots of the device, one after the other. */
    private void keepLog(EmulationEnd end) {
        try {
            long from = Files.exists(logFile()) ? Files.size(logFile()) : 0;
            append(end.consoleLog());
            recorder.keep(logFile(), from, Files.size(logFile()), end.exitStatus() != null && end.exitStatus() == 0);
        } catch (IOException e) {
            throw new RigException("The console log " + logFile() + " could not be written: " + e.getMessage() + ".");
        }
    }

    private void append(Path log) throws IOException {
        try (OutputStream kept = Channels.newOutputStream(
                OwnersFile.open(logFile(), StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
            if (Files.exists(log)) {
                try (InputStream console = Files.newInputStream(log)) {
                    KeptConsole.copy(console, kept);
                }
                Files.delete(log);
            }
        }
    }

    private Path logFile() {
        return evidence.resolve(fileName() + ".uart.log");
    }

    /** What is left to read of a machine that ended. */
    String remains(EmulationEnd end) {
        return end.message()
                + remains(end.lastLines().stream().map(Secrets::masked).toList());
    }

    /** What is left to read of a machine that goes on and says nothing. */
    String remains() {
        synchronized (lastLines) {
            return "it still runs." + remains(List.copyOf(lastLines));
        }
    }

    private String remains(List<String> lines) {
        return " The last lines of its console (all of them: " + logFile() + "):\n    " + String.join("\n    ", lines);
    }

    private final class Listener implements EmulationListener {
        @Override
        public void consoleLine(String line) {
            synchronized (lastLines) {
                lastLines.add(Secrets.masked(line));
                if (lastLines.size() > EmulationEnd.LAST_LINES) {
                    lastLines.remove();
                }
            }
            capture.consoleLine(line);
            observer.line(line);
        }

        @Override
        public void event(FirmwareEvent event) {
            observer.event(event);
        }
    }
}
