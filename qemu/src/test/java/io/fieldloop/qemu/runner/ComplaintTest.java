package io.fieldloop.qemu.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.qemu.machine.Machine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ComplaintTest {
    @Test
    void passesOverWarningsToTheFirstError() {
        assertThat(sentence(1, """
                qemu-system-xtensa: -serial unix:/tmp/c/console,server=on: info: QEMU waiting for connection on: unix:/tmp/c/console
                qemu-system-xtensa: warning: hub 7 with no nics
                qemu-system-xtensa: could not load kernel '/x.elf'
                """)).isEqualTo("QEMU ended with exit status 1: could not load kernel '/x.elf'.");
    }

    @Test
    void leavesTheOptionOut() {
        assertThat(sentence(
                        1,
                        "qemu-system-xtensa: -netdev dgram,id=up0: can't bind unix=/tmp/x to socket: No such file\n"))
                .isEqualTo("QEMU ended with exit status 1: can't bind unix=/tmp/x to socket: No such file.");
    }

    @Test
    void saysThatTheMachineIsMissing() {
        assertThat(sentence(1, """
                qemu-system-xtensa: unsupported machine type
                Use -machine help to list supported machines
                """))
                .startsWith("this QEMU has no esp32 machine: qemu-system-xtensa; install Espressif's QEMU");
    }

    @Test
    void takesTheLastWordsOfALoader() {
        assertThat(
                        sentence(
                                127,
                                "\nqemu: error while loading shared libraries: libslirp.so.0: cannot open shared object file\n"))
                .isEqualTo("QEMU ended with exit status 127: qemu: error while loading shared libraries: libslirp.so.0:"
                        + " cannot open shared object file.");
    }

    @Test
    void namesTheSignal() {
        assertThat(sentence(139, "")).isEqualTo("QEMU was ended by signal 11.");
        assertThat(sentence(null, "")).isEqualTo("QEMU ended.");
        assertThat(sentence(0, "qemu-system-xtensa: terminating on signal 15 from pid 1 (init)\n"))
                .isEqualTo("QEMU ended with exit status 0.");
    }

    private static String sentence(@Nullable Integer status, String output) {
        return Complaint.sentence(Machine.named("esp32"), new QemuHandle.Exit(status, output));
    }
}
