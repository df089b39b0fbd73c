package io.fieldloop.scenario.cli;

import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.runner.EmulationException;
import io.fieldloop.qemu.runner.MachineDirectory;
import io.fieldloop.qemu.runner.container.ContainerEmulator;
import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.scenario.rig.firmware.ReferenceFirmware;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where Fieldloop's own firmware is found: as make leaves it, or in the project's container image. */
final class BuiltFirmware {
    private static final Path BUILT = Path.of("qemu", "firmware", "out");
    private static final String IN_IMAGE = "/firmware/";

    private BuiltFirmware() {}

    /** As make leaves it, below the working directory or beside the jar; null if it is not built. */
    static @Nullable Path built(Machine machine) {
        return Stream.concat(Stream.of(Path.of("")), projectOfThisJar().stream())
                .map(folder -> folder.resolve(BUILT).resolve(fileName(machine)))
                .filter(Files::isReadable)
                .findFirst()
                .orElse(null);
    }

    static CliException notBuilt(Machine machine) {
        return new CliException("the reference firmware " + BUILT.resolve(fileName(machine))
                + " is not built; build it with `make -C qemu/firmware`, or name a firmware with --firmware.");
    }

    /** A copy of the image's, with what belongs to it, which lasts as long as this process. */
    static Path from(ContainerEmulator containers, Machine machine) {
        try {
            Path folder = MachineDirectory.create().path();
            for (String file : ReferenceFirmware.files(machine)) {
                containers.copyOut(IN_IMAGE + file, folder.resolve(file));
            }
            return folder.resolve(fileName(machine));
        } catch (EmulationException missing) {
            throw new CliException(missing.sentence());
        }
    }

    private static String fileName(Machine machine) {
        return ReferenceFirmware.files(machine).get(0);
    }

    private static List<Path> projectOfThisJar() {
        try {
            Path jar = Path.of(BuiltFirmware.class
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
