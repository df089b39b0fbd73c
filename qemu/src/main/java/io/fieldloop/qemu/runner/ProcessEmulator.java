package io.fieldloop.qemu.runner;

import io.fieldloop.qemu.machine.QemuBinary;
import io.fieldloop.qemu.machine.QemuCommandLine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Runs machines as child processes, with a QEMU of this computer. */
public final class ProcessEmulator implements Emulator {
    private final EmulationLimits limits;
    private final Map<String, QemuBinary> binaries = new ConcurrentHashMap<>();

    public ProcessEmulator() {
        this(EmulationLimits.usual());
    }

    /** Ends what a killed run left behind, then is ready. */
    public ProcessEmulator(EmulationLimits limits) {
        this.limits = limits;
        ProcessSweep.run();
    }

    @Override
    public CompletableFuture<Emulation> start(EmulationConfig config, EmulationListener listener) {
        return Launch.of(config, listener, limits, control -> {
            BootCheck.exists(config.boot());
            BootCheck.flashSizeFits(config.machine(), config.boot());
            List<String> command = QemuCommandLine.of(
                    binary(config),
                    control.marker(),
                    config.machine(),
                    config.boot(),
                    control.sockets(),
                    config.network(),
                    config.recording());
            return QemuProcess.start(command, config.directory().resolve("qemu.log"));
        });
    }

    private String binary(EmulationConfig config) {
        return binaries.computeIfAbsent(
                        config.machine().qemu() + " " + config.machine().machineType(),
                        key -> QemuBinary.of(config.machine()))
                .path()
                .toString();
    }
}
