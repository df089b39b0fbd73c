package io.fieldloop.qemu.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.runner.container.ContainerEmulator;
import io.fieldloop.qemu.runner.container.ContainerImage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("docker")
final class ContainerEmulatorTest extends EmulatorContract {
    private static final ContainerImage IMAGE = ContainerImage.usualFor(LX60);

    private static List<String> stagesBefore = List.of();

    /** Takes minutes on a computer that has never built it. */
    @BeforeAll
    static void needsAnImage() {
        DockerForTests.assumeEngine();
        stagesBefore = DockerForTests.stages();
        new ContainerEmulator(IMAGE, System.out::println).ready().join();
    }

    @Override
    Emulator emulator(EmulationLimits limits) {
        return new ContainerEmulator(IMAGE, progress -> {}, limits);
    }

    @AfterEach
    void leavesNoContainer() {
        stopsAll();
        assertThat(DockerForTests.ownContainers()).isEmpty();
    }

    @Test
    void saysThatTheImageHasNoSuchMachine() throws Exception {
        EmulationConfig lx60 = config("door", "");
        EmulationConfig esp32 = new EmulationConfig(
                "door", Machine.named("esp32"), lx60.boot(), lx60.directory(), lx60.network(), lx60.recording());

        assertThatThrownBy(() -> start(esp32))
                .hasRootCauseMessage("this QEMU has no esp32 machine: qemu-system-xtensa; "
                        + esp32.machine().profile().origin().advice() + ".");
    }

    @Test
    void saysThatAnImageIsMissing() throws Exception {
        EmulationConfig config = config("door", "");
        List<String> progress = new CopyOnWriteArrayList<>();
        ContainerEmulator emulator =
                new ContainerEmulator(new ContainerImage.Named("localhost:1/no/image:1"), progress::add);

        assertThatThrownBy(() -> emulator.start(config, heard).join())
                .hasMessageContaining("the container image localhost:1/no/image:1 is not on this computer and cannot be"
                        + " pulled (");
        assertThat(progress).containsExactly("pulling localhost:1/no/image:1 (only this once)");
    }

    @Test
    void leavesNoStageOfTheBuild() {
        assertThat(stagesBefore).containsAll(DockerForTests.stages());
    }

    @Test
    void buildsAnImageOnce() {
        List<String> progress = new CopyOnWriteArrayList<>();
        String first = new ContainerEmulator(IMAGE, told -> {}).ready().join();

        assertThat(new ContainerEmulator(IMAGE, progress::add).ready().join())
                .isEqualTo(first)
                .startsWith("fieldloop/firmware:");
        assertThat(progress).isEmpty();
    }
}
