package io.fieldloop.scenario.cli;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.machine.MachineException;
import io.fieldloop.qemu.machine.QemuBinary;
import io.fieldloop.qemu.runner.ContainerEmulator;
import io.fieldloop.qemu.runner.ContainerImage;
import io.fieldloop.qemu.runner.EmulationException;
import java.util.concurrent.CompletionException;

/** What tests that run the reference firmware need, or the reason to skip them. */
final class FirmwareForTests {
    static final Machine LX60 = Machine.named("lx60");

    private FirmwareForTests() {}

    /** A QEMU of this computer, and the firmware as make leaves it. */
    static void assumeProcess() {
        try {
            QemuBinary.of(LX60);
        } catch (MachineException missing) {
            abort(missing.sentence());
        }
        assumeTrue(BuiltFirmware.built(LX60) != null, "no reference firmware: make -C qemu/firmware");
    }

    /** Docker and the project's image, which is built when it is missing: for minutes. */
    static void assumeContainers() {
        try {
            new ContainerEmulator(ContainerImage.reference(), System.out::println)
                    .ready()
                    .join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof EmulationException cannot) {
                abort(cannot.sentence());
            }
            throw failed;
        }
    }
}
