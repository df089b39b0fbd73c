package io.fieldloop.scenario.suite;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.qemu.console.ConsoleDictionary;
import io.fieldloop.qemu.link.Egress;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.machine.MachineException;
import io.fieldloop.qemu.machine.QemuBinary;
import io.fieldloop.qemu.runner.EmulationException;
import io.fieldloop.qemu.runner.Emulator;
import io.fieldloop.qemu.runner.container.ContainerEmulator;
import io.fieldloop.qemu.runner.container.ContainerImage;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.firmware.FirmwareChoice;
import io.fieldloop.scenario.rig.firmware.FirmwareRigs;
import io.fieldloop.scenario.rig.firmware.ReferenceFirmware;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;

/** The reference firmware on lx60, or the reason to skip what needs it. */
public final class FirmwareForTests {
    public static final Machine LX60 = Machine.named("lx60");
    private static final Path BUILT = Path.of("..", "qemu", "firmware", "out", "lx60.elf");

    private FirmwareForTests() {}

    static RigFactory rigs(Emulator emulator, Path elf) {
        return new FirmwareRigs(choice(emulator, elf), List.of());
    }

    /** As it is without an option. */
    public static FirmwareChoice choice(Emulator emulator, Path elf) {
        return choice(LX60, emulator, elf, false);
    }

    /**
     * The same for a machine and an image.
     *
     * @param own whether it is a user's firmware
     */
    public static FirmwareChoice choice(Machine machine, Emulator emulator, Path image, boolean own) {
        ConsoleDictionary console = own ? ConsoleDictionary.stock() : ConsoleDictionary.bundled();
        return new FirmwareChoice(machine, image, emulator, console, own, Egress.DENIED, false, null);
    }

    /** A QEMU of this computer, and the firmware as make leaves it. */
    public static Path assumeBuilt() {
        try {
            QemuBinary.of(LX60);
        } catch (MachineException missing) {
            return abort(missing.sentence());
        }
        assumeTrue(Files.isReadable(BUILT), "the reference firmware is not built: make -C qemu/firmware");
        return BUILT;
    }

    /** Docker and the project's image, which is built when it is missing: for minutes, while others wait for the same. */
    public static synchronized ContainerEmulator assumeContainers() {
        ContainerEmulator containers = new ContainerEmulator(ContainerImage.reference(), System.out::println);
        try {
            containers.ready().join();
            return containers;
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof EmulationException cannot) {
                return abort(cannot.sentence());
            }
            throw failed;
        }
    }

    static Path copiedOut(ContainerEmulator containers, Path folder) {
        try {
            for (String file : ReferenceFirmware.files(LX60)) {
                containers.copyOut("/firmware/" + file, folder.resolve(file));
            }
            return folder.resolve("lx60.elf");
        } catch (EmulationException missing) {
            throw new AssertionError(missing.sentence(), missing);
        }
    }
}
