package io.fieldloop.qemu.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.qemu.machine.BootMedium;
import io.fieldloop.qemu.machine.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("qemu")
final class ProcessEmulatorTest extends EmulatorContract {
    @Override
    Emulator emulator(EmulationLimits limits) {
        TinyFirmware.assumeProgram("qemu-system-xtensa");
        return new ProcessEmulator(limits);
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        EmulationConfig config = config("door", "");

        assertThatThrownBy(() -> start(with(Machine.named("lx60").withQemu("/no/qemu"), config.boot(), config)))
                .hasRootCauseMessage(
                        "/no/qemu not found; the machine lx60 needs it: install your distribution's package"
                                + " (Debian, Ubuntu: apt-get install qemu-system-misc).");
        assertThatThrownBy(() -> start(with(LX60, new BootMedium.Kernel(Path.of("/no/x.elf"), ""), config)))
                .hasRootCauseMessage(
                        "the firmware /no/x.elf is not there; name an ELF file or a flash image (--firmware).");
        Path image = Files.write(directory.resolve("flash.bin"), new byte[5]);
        assertThatThrownBy(() -> start(with(Machine.named("esp32"), new BootMedium.Flash(image, null), config)))
                .hasRootCauseMessage(
                        "the flash image " + image + " has 5 bytes; QEMU has flash chips of exactly 2, 4, 8,"
                                + " 16 MiB, so fill the image up with 0xff to one of them (esptool merge_bin --fill-flash-size).");
    }

    @Test
    void killsAQemuThatDoesNotQuit() throws Exception {
        Emulation emulation = start(config("door", ""));
        awaitLine("settings: ");
        long qemu = ProcessHandle.current().children().findFirst().orElseThrow().pid();
        new ProcessBuilder("kill", "-STOP", Long.toString(qemu)).start().waitFor();

        EmulationEnd end = emulation.stop().join();

        assertThat(end.reason()).isEqualTo(EmulationEnd.Reason.KILLED);
        assertThat(end.exitStatus()).isEqualTo(137);
        assertThat(end.message()).isEqualTo("QEMU did not answer and was killed.");
    }

    private static EmulationConfig with(Machine machine, BootMedium boot, EmulationConfig config) {
        return new EmulationConfig(
                config.name(), machine, boot, config.directory(), config.network(), config.recording());
    }
}
