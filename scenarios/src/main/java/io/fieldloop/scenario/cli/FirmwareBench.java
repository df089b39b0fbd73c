package io.fieldloop.scenario.cli;

import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.machine.MachineException;
import io.fieldloop.qemu.machine.QemuBinary;
import io.fieldloop.qemu.runner.Emulator;
import io.fieldloop.qemu.runner.ProcessEmulator;
import io.fieldloop.scenario.firmware.FirmwareChoice;
import io.fieldloop.scenario.firmware.ReferenceFirmware;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the firmware and the QEMU to run it, or says in one sentence what to install. */
final class FirmwareBench {
    private static final Path BUILT = Path.of("qemu", "firmware", "out");

    private final FirmwareOptions options;

    FirmwareBench(FirmwareOptions options) {
        this.options = options;
    }

    /**
     * What to run.
     *
     * @param image the user's firmware, or null for the reference firmware
     */
    FirmwareChoice choose(@Nullable Path image, boolean recorded) {
        Machine machine = options.machine();
        if (image != null && !Files.isReadable(image)) {
            throw new CliException(image + " cannot be read; expected a flash image or an ELF file.");
        }
        Emulator emulator = process(machine);
        Path firmware = image == null ? built(machine) : image;
        boolean own = image != null && !ReferenceFirmware.isIn(image);
        return new FirmwareChoice(machine, firmware, emulator, options.dictionary(own), own, recorded);
    }

    private static Emulator process(Machine machine) {
        try {
            QemuBinary.of(machine);
        } catch (MachineException missing) {
            throw new CliException(missing.sentence());
        }
        return new ProcessEmulator();
    }

    /** The reference firmware as make leaves it, below the working directory or beside the jar. */
    private static Path built(Machine machine) {
        Path elf = BUILT.resolve(machine.name() + ".elf");
        return Stream.concat(Stream.of(Path.of("")), projectOfThisJar().stream())
                .map(folder -> folder.resolve(elf))
                .filter(Files::isReadable)
                .findFirst()
                .orElseThrow(() -> new CliException("The reference firmware " + elf
                        + " is not built; build it with `make -C qemu/firmware`, or name a firmware with --firmware."));
    }

    private static List<Path> projectOfThisJar() {
        try {
            Path jar = Path.of(FirmwareBench.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Stream.iterate(jar.getParent(), folder -> folder != null, Path::getParent)
                    .limit(3)
                    .toList();
        } catch (URISyntaxException e) {
            return List.of();
        }
    }
}
