package io.fieldloop.qemu.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QemuBinaryTest {
    @TempDir
    private Path directory;

    @Test
    void asksTheBinaryItFindsOnThePath() throws IOException {
        Path program = program("qemu-system-xtensa", """
                case "$1" in
                --version) echo 'QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7)' ;;
                *) echo 'Supported machines are:'; echo 'lx60                 lx60 EVB (dc232b)'; echo 'lx60-nommu           lx60 noMMU EVB' ;;
                esac
                """);

        QemuBinary binary = QemuBinary.of(Machine.named("lx60"), "/nowhere:" + directory);

        assertThat(binary.path()).isEqualTo(program);
        assertThat(binary.version()).isEqualTo("7.2.22");
        assertThat(binary.machineTypes()).containsExactlyInAnyOrder("lx60", "lx60-nommu");
        assertThatThrownBy(() -> QemuBinary.of(Machine.named("esp32"), directory.toString()))
                .hasMessageStartingWith(
                        "this QEMU has no esp32 machine: " + program + " (version 7.2.22); install Espressif's QEMU");
    }

    @Test
    void saysWhatToInstallWhereThereIsNone() {
        assertThatThrownBy(() -> QemuBinary.of(Machine.named("lx60"), directory.toString()))
                .hasMessage(
                        "qemu-system-xtensa not found on PATH; the machine lx60 needs it: install your distribution's"
                                + " package (Debian, Ubuntu: apt-get install qemu-system-misc).");
        assertThatThrownBy(() -> QemuBinary.of(Machine.named("lx60").withQemu("/no/qemu"), ""))
                .hasMessageStartingWith("/no/qemu not found; the machine lx60 needs it:");
    }

    @Test
    void refusesAProgramThatIsNoQemu() throws IOException {
        Path program = program("something", "echo hello");

        assertThatThrownBy(() -> QemuBinary.of(Machine.named("lx60").withQemu(program.toString())))
                .hasMessage(program + " does not say which version of QEMU it is; name a QEMU with --qemu.");
    }

    private Path program(String name, String script) throws IOException {
        Path program = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + script);
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }
}
