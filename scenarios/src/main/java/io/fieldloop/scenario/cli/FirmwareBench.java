package io.fieldloop.scenario.cli;

import io.fieldloop.qemu.link.Egress;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.machine.MachineException;
import io.fieldloop.qemu.machine.MachineProfile.Origin;
import io.fieldloop.qemu.machine.QemuBinary;
import io.fieldloop.qemu.runner.EmulationException;
import io.fieldloop.qemu.runner.Emulator;
import io.fieldloop.qemu.runner.ProcessEmulator;
import io.fieldloop.qemu.runner.container.ContainerEmulator;
import io.fieldloop.qemu.runner.container.ContainerImage;
import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.scenario.cli.option.EngineKind;
import io.fieldloop.scenario.cli.option.FirmwareOptions;
import io.fieldloop.scenario.rig.firmware.FirmwareChoice;
import io.fieldloop.scenario.rig.firmware.ReferenceFirmware;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the QEMU to run firmware with, and the firmware, or says in one sentence what to install.
 *
 * <p>Where nothing is asked for, {@code lx60} runs in a container first, since Docker is then all that has to be there; an ESP32 runs as
 * a process first, since the image with its QEMU is gigabytes.
 */
final class FirmwareBench {
    private final FirmwareOptions options;
    private final PrintWriter err;

    /** @param err told what takes long, and what is made do with */
    FirmwareBench(FirmwareOptions options, PrintWriter err) {
        this.options = options;
        this.err = err;
    }

    /**
     * What to run.
     *
     * @param image the user's firmware, or null for the reference firmware
     * @param egress whether it may reach more than the scenario's gateway
     * @param recorded whether QEMU's replay log is kept
     */
    FirmwareChoice choose(@Nullable Path image, Egress egress, boolean recorded) {
        Machine machine = options.machine(image);
        Workplace place = workplace(machine, image);
        boolean own = image != null && !ReferenceFirmware.isIn(image);
        return new FirmwareChoice(
                machine,
                place.firmware(),
                place.emulator(),
                options.dictionary(own),
                own,
                egress,
                recorded,
                options.lineEnd());
    }

    private Workplace workplace(Machine machine, @Nullable Path image) {
        EngineKind wanted = options.engine();
        if (wanted != null) {
            return wanted == EngineKind.DOCKER ? container(machine, image) : process(machine, image);
        }
        return machine.profile().origin() == Origin.DISTRIBUTION
                ? firstOf("a container", () -> container(machine, image), "a process", () -> process(machine, image))
                : firstOf("a process", () -> process(machine, image), "a container", () -> container(machine, image));
    }

    private Workplace firstOf(String one, Supplier<Workplace> first, String other, Supplier<Workplace> second) {
        try {
            return first.get();
        } catch (CliException no) {
            try {
                Workplace place = second.get();
                tell("firmware runs as " + other + ", since as " + one + " it cannot: " + no.getMessage());
                return place;
            } catch (CliException neither) {
                throw new CliException("Firmware can run neither as " + one + " (" + withoutPeriod(no) + ") nor as "
                        + other + " (" + withoutPeriod(neither) + ").");
            }
        }
    }

    private static String withoutPeriod(CliException sentence) {
        return String.valueOf(sentence.getMessage()).replaceFirst("\\.$", "");
    }

    /** The project's image has the firmware it was built with; others have a QEMU. */
    private Workplace container(Machine machine, @Nullable Path image) {
        ContainerEmulator emulator = ready(options.image(machine));
        if (image != null) {
            return new Workplace(emulator, image);
        }
        boolean inside = machine.profile().origin() == Origin.DISTRIBUTION;
        return new Workplace(emulator, inside ? BuiltFirmware.from(emulator, machine) : reference(machine));
    }

    private ContainerEmulator ready(ContainerImage image) {
        ContainerEmulator emulator = new ContainerEmulator(image, this::tell);
        try {
            emulator.ready().join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof EmulationException cannot) {
                throw new CliException(cannot.sentence());
            }
            throw failed;
        }
        return emulator;
    }

    private Workplace process(Machine machine, @Nullable Path image) {
        try {
            QemuBinary.of(machine);
        } catch (MachineException missing) {
            throw new CliException(missing.sentence());
        }
        return new Workplace(new ProcessEmulator(), image == null ? reference(machine) : image);
    }

    private Path reference(Machine machine) {
        Path built = BuiltFirmware.built(machine);
        if (built != null) {
            return built;
        }
        try {
            return BuiltFirmware.from(ready(ContainerImage.reference()), machine);
        } catch (CliException noDocker) {
            throw BuiltFirmware.notBuilt(machine);
        }
    }

    private void tell(String what) {
        err.println("fieldloop: " + what);
    }

    private record Workplace(Emulator emulator, Path firmware) {}
}
