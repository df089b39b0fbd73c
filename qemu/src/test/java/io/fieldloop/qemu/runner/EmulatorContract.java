package io.fieldloop.qemu.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fieldloop.qemu.link.FrameSockets;
import io.fieldloop.qemu.machine.BootMedium;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.machine.NetworkWiring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every emulator does with the tests' firmware on lx60. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
abstract class EmulatorContract {
    static final Machine LX60 = Machine.named("lx60");
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    final RecordingListener heard = new RecordingListener();
    private final List<Emulation> started = new ArrayList<>();
    private Emulator emulator;

    /** An emulator with those limits; skips the test where its engine is missing. */
    abstract Emulator emulator(EmulationLimits limits);

    @BeforeEach
    void needsAnEmulator() {
        emulator = emulator(EmulationLimits.usual());
    }

    @AfterEach
    void stopsAll() {
        started.forEach(emulation -> emulation.stop().join());
    }

    @Test
    void hearsTheFirmwareFromItsFirstByte() throws Exception {
        Emulation emulation = start(config("door", "url=ws://10.0.2.2:8000/ token=a"));

        awaitLine("settings: url=ws://10.0.2.2:8000/ token=a");
        assertThat(heard.lines.get(0)).startsWith("I (1) fieldloop: boot count=?");
        assertThat(heard.kinds()).containsExactly("booted");
        assertThat(emulation.consoleLog()).isEqualTo(directory.resolve("door/console.log"));

        EmulationEnd end = emulation.stop().join();

        assertThat(end.reason()).isEqualTo(EmulationEnd.Reason.STOPPED);
        assertThat(end.exitStatus()).isZero();
        assertThat(end.lastLines()).containsExactlyElementsOf(heard.lines);
        assertThat(heard.kinds()).containsExactly("booted", "exited");
        assertThat(Files.readString(end.consoleLog())).isEqualTo(String.join("\r\n", heard.lines) + "\r\n");
    }

    @Test
    void losesNothingOfAFlood() throws Exception {
        Emulation emulation = start(config("door", ""));
        awaitLine("settings: ");

        emulation.write("f");

        awaitLine("flooded");
        assertThat(heard.lines).hasSize(2 + 5000 + 1);
        assertThat(emulation.stop().join().lastLines()).hasSize(32).endsWith("flooded");
    }

    @Test
    void tellsResetsAndCrashes() throws Exception {
        Emulation emulation = start(config("door", ""));
        awaitLine("settings: ");

        emulation.write("g");
        awaitKinds("booted", "guru-meditation");
        emulation.write("!");
        awaitKinds("booted", "guru-meditation", "reset");
        emulation.reset().join();
        awaitKinds("booted", "guru-meditation", "reset", "reset");
    }

    @Test
    void tellsABootLoop() throws Exception {
        start(config("door", "loop"));

        await().atMost(SOON).until(() -> heard.kinds().contains("boot-loop"));
        FirmwareEvent loop = heard.events.stream()
                .filter(FirmwareEvent.BootLoop.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(loop.attributes()).containsEntry("resets", 4L);
    }

    @Test
    void tellsSilence() throws Exception {
        emulator = emulator(EmulationLimits.usual().withSilence(Duration.ofMillis(300)));

        start(config("door", "silent"));

        await().atMost(SOON).until(() -> heard.kinds().contains("silent"));
        assertThat(heard.lines).isEmpty();
    }

    @Test
    void saysInOneSentenceWhyQemuEndsAtOnce() throws Exception {
        Path broken = Files.writeString(directory.resolve("broken.elf"), "no ELF");
        EmulationConfig config = config("door", "");

        assertThatThrownBy(() -> start(new EmulationConfig(
                        config.name(),
                        LX60,
                        new BootMedium.Kernel(broken, ""),
                        config.directory(),
                        config.network(),
                        config.recording())))
                .hasCauseInstanceOf(EmulationException.class)
                .hasRootCauseMessage("QEMU ended with exit status 1: could not load kernel '" + broken + "'.");
    }

    @Test
    void runsSeveralAtOnceAndStopsAtAnyTime() throws Exception {
        List<Emulation> three = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            three.add(start(config(name, "name=" + name)));
        }
        awaitLine("settings: name=a");
        awaitLine("settings: name=b");
        awaitLine("settings: name=c");

        three.get(0).stop();
        three.get(0).stop();
        for (Emulation emulation : three) {
            assertThat(emulation.stop().join().reason()).isEqualTo(EmulationEnd.Reason.STOPPED);
            emulation.write("after the end");
        }
        assertThat(three.get(0).ended()).isDone();
    }

    @Test
    void goesOnInTheSameLogWhenSwitchedOnAgain() throws Exception {
        EmulationConfig config = config("door", "");
        Emulation first = start(config);
        awaitLine("settings: ");
        first.stop().join();
        heard.lines.clear();
        Emulation again = start(config);
        awaitLine("settings: ");

        assertThat(Files.readString(again.stop().join().consoleLog())).containsSubsequence("boot count", "boot count");
    }

    @Test
    void wiresTheNetworkThroughSockets() throws Exception {
        Path sockets = Files.createTempDirectory("fl");
        try {
            FrameSockets frames = FrameSockets.in(sockets);
            start(config("door", "").withNetwork(NetworkWiring.relayed(frames)));
            awaitLine("settings: ");

            assertThat(frames.firmware()).exists();
            assertThat(frames.up()).exists();
        } finally {
            stopsAll();
            Files.deleteIfExists(FrameSockets.in(sockets).firmware());
            Files.deleteIfExists(FrameSockets.in(sockets).up());
            Files.delete(sockets);
        }
    }

    EmulationConfig config(String name, String commandLine) throws IOException, InterruptedException {
        Path own = Files.createDirectories(directory.resolve(name));
        return EmulationConfig.of(name, LX60, TinyFirmware.in(directory, commandLine), own);
    }

    Emulation start(EmulationConfig config) {
        Emulation emulation = emulator.start(config, heard).join();
        started.add(emulation);
        return emulation;
    }

    void awaitLine(String line) {
        await().atMost(SOON).until(() -> heard.lines.contains(line));
    }

    private void awaitKinds(String... kinds) {
        await().atMost(SOON).untilAsserted(() -> assertThat(heard.kinds()).containsExactly(kinds));
    }
}
