package io.fieldloop.qemu.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.qemu.link.FrameSockets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QemuCommandLineTest {
    private static final ControlSockets CONTROL = ControlSockets.in(Path.of("/run/c"));
    private static final BootMedium KERNEL =
            new BootMedium.Kernel(Path.of("/run/lx60.elf"), "url=ws://10.0.2.2:8000/ seed=00");
    private static final BootMedium FLASH = new BootMedium.Flash(Path.of("/run/flash.bin"), Path.of("/run/efuse.bin"));

    @Test
    void bootsAnElfOnTheUserNetwork() {
        assertThat(line(Machine.named("lx60"), KERNEL, NetworkWiring.user(), Recording.none()))
                .containsExactly(words(
                        "qemu-system-xtensa -name fieldloop-1 -M lx60-nommu -display none -monitor none",
                        "-serial pipe:/run/c/console -qmp unix:/run/c/qmp,server=on,wait=off",
                        "-kernel /run/lx60.elf -append",
                        null,
                        "-netdev user,id=fw0",
                        "-net nic,model=open_eth,netdev=fw0"));
    }

    @Test
    void putsTheHarnessBetweenMachineAndNetwork() {
        NetworkWiring relayed = NetworkWiring.relayed(FrameSockets.in(Path.of("/run/f")));
        assertThat(line(Machine.named("lx60"), KERNEL, relayed, Recording.none()))
                .containsExactly(words(
                        "qemu-system-xtensa -name fieldloop-1 -M lx60-nommu -display none -monitor none",
                        "-serial pipe:/run/c/console -qmp unix:/run/c/qmp,server=on,wait=off",
                        "-kernel /run/lx60.elf -append",
                        null,
                        "-netdev dgram,id=fw0,local.type=unix,local.path=/run/f/fw,remote.type=unix,remote.path=/run/f/fw-relay",
                        "-netdev user,id=u0",
                        "-netdev dgram,id=up0,local.type=unix,local.path=/run/f/up,remote.type=unix,remote.path=/run/f/up-relay",
                        "-netdev hubport,id=h0,hubid=7,netdev=u0 -netdev hubport,id=h1,hubid=7,netdev=up0",
                        "-net nic,model=open_eth,netdev=fw0"));
    }

    @Test
    void recordsAndReplaysWhatTheNetworkCardGets() {
        Machine lx60 = Machine.named("lx60");
        assertThat(line(lx60, KERNEL, NetworkWiring.user(), new Recording.Into(Path.of("/run/rr"))))
                .containsSequence("-serial", "pipe:/run/c/console");
        assertThat(line(lx60, KERNEL, NetworkWiring.user(), new Recording.Into(Path.of("/run/a,b.rr"))))
                .endsWith(words(
                        "-icount shift=3,rr=record,rrfile=/run/a,,b.rr -object filter-replay,id=replay0,netdev=fw0"));
        assertThat(line(
                        lx60.withIcount("shift=5"),
                        KERNEL,
                        NetworkWiring.user(),
                        new Recording.Replay(Path.of("/run/rr"))))
                .endsWith(
                        words("-icount shift=5,rr=replay,rrfile=/run/rr -object filter-replay,id=replay0,netdev=fw0"));
    }

    @Test
    void startsFlashWithItsEfuses() {
        assertThat(line(Machine.named("esp32"), FLASH, NetworkWiring.user(), Recording.none()))
                .containsExactly(words(
                        "qemu-system-xtensa -name fieldloop-1 -M esp32 -m 4M -display none -monitor none",
                        "-serial pipe:/run/c/console -qmp unix:/run/c/qmp,server=on,wait=off",
                        "-drive file=/run/flash.bin,if=mtd,format=raw",
                        "-drive file=/run/efuse.bin,if=none,format=raw,id=efuse",
                        "-global driver=nvram.esp32.efuse,property=drive,value=efuse",
                        "-netdev user,id=fw0 -net nic,model=open_eth,netdev=fw0"));
    }

    @Test
    void startsTheLaterChips() {
        assertThat(line(Machine.named("esp32s3"), FLASH, NetworkWiring.user(), Recording.none()))
                .startsWith(words("qemu-system-xtensa -name fieldloop-1 -M esp32s3 -m 32M"))
                .containsSequence(words("-global driver=nvram.esp32s3.efuse,property=drive,value=efuse"));
        assertThat(line(Machine.named("esp32c3"), FLASH, NetworkWiring.user(), Recording.none()))
                .startsWith(words("qemu-system-riscv32 -name fieldloop-1 -M esp32c3 -display none"))
                .containsSequence(words("-global driver=nvram.esp32c3.efuse,property=drive,value=efuse"));
    }

    @Test
    void takesAForkWithEmulatedWifi() {
        Machine fork = Machine.named("esp32")
                .withQemu("/opt/fork/qemu-system-xtensa")
                .withMachineType("esp32-picsimlab")
                .withNicModel("esp32_wifi")
                .withWatchdog(false)
                .withIcount("3")
                .withArguments(List.of("-L", "/opt/fork/pc-bios"));
        assertThat(line(
                        fork,
                        new BootMedium.Flash(Path.of("/run/flash.bin"), null),
                        NetworkWiring.user(),
                        Recording.none()))
                .containsExactly(words(
                        "/opt/fork/qemu-system-xtensa -name fieldloop-1 -M esp32-picsimlab -m 4M -display none -monitor none",
                        "-serial pipe:/run/c/console -qmp unix:/run/c/qmp,server=on,wait=off",
                        "-drive file=/run/flash.bin,if=mtd,format=raw",
                        "-global driver=timer.esp32.timg,property=wdt_disable,value=true",
                        "-netdev user,id=fw0 -net nic,model=esp32_wifi,netdev=fw0 -icount 3 -L /opt/fork/pc-bios"));
    }

    @Test
    void refusesWhatAMachineCannotDo() {
        assertThatThrownBy(() -> line(Machine.named("lx60"), FLASH, NetworkWiring.user(), Recording.none()))
                .hasMessage(
                        "the machine lx60 does not boot from a flash image; expected an ELF file, or another machine"
                                + " (--machine).");
        assertThatThrownBy(() ->
                        line(Machine.named("esp32"), FLASH, NetworkWiring.user(), new Recording.Into(Path.of("r"))))
                .hasMessage("QEMU cannot record or replay the machine esp32; use --machine lx60 for that.");
        assertThatThrownBy(() -> Machine.named("esp8266"))
                .hasMessage("there is no machine \"esp8266\"; expected one of lx60, esp32, esp32s3, esp32c3.");
    }

    @Test
    void refusesASocketWhoseAddressIsTooLong() {
        assertThatThrownBy(() -> ControlSockets.in(Path.of("/" + "d".repeat(104))))
                .hasMessageContaining("has an address of 109 bytes; at most 107 are possible");
    }

    private static List<String> line(Machine machine, BootMedium boot, NetworkWiring network, Recording recording) {
        return QemuCommandLine.of(machine.qemu(), "fieldloop-1", machine, boot, CONTROL, network, recording);
    }

    /** Null stands for the kernel's command line, which has blanks. */
    private static String[] words(String... parts) {
        ArrayList<String> words = new ArrayList<>();
        for (String part : parts) {
            words.addAll(part == null ? List.of("url=ws://10.0.2.2:8000/ seed=00") : List.of(part.split(" ")));
        }
        return words.toArray(String[]::new);
    }
}
