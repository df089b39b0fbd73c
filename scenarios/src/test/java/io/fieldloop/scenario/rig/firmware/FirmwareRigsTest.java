package io.fieldloop.scenario.rig.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.qemu.console.ConsoleDictionary;
import io.fieldloop.qemu.link.Egress;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.runner.ProcessEmulator;
import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.rig.RigFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirmwareRigsTest {
    @Test
    void saysWhyThereIsNoFrontBeforeItsGateway() {
        FirmwareChoice choice = new FirmwareChoice(
                Machine.named("lx60"),
                Path.of("none.elf"),
                new ProcessEmulator(),
                ConsoleDictionary.bundled(),
                false,
                Egress.DENIED,
                false,
                null);
        assertThat(whyNot(new FirmwareRigs(choice, List.of())))
                .isEqualTo("not in the qemu rig, because QEMU's network shows a front all devices as 127.0.0.1,"
                        + " and it could name none to the gateway");
        assertThat(whyNot(RigFactory.virtual()))
                .isEqualTo("only in the socket rig, because its front is a real program");
        assertThat(whyNot(RigFactory.socket())).doesNotContain("rig, because");
    }

    private static String whyNot(RigFactory rigs) {
        LoadResult loaded = new ScenarioLoader()
                .load(
                        "front.yaml",
                        "scenario: front\nfront: nginx\ndevices: { door: {} }\nexpect: [{ device: door, is: online }]\n");
        return String.valueOf(rigs.whyNot(((LoadResult.Ready) loaded).cases().get(0)));
    }
}
