package io.fieldloop.scenario.rig.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.qemu.runner.ProcessEmulator;
import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.socket.SocketRigs;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import io.fieldloop.scenario.suite.FirmwareForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirmwareRigsTest {
    private static final String AT = "{ profile: xiaozhi-ml307-net-3.7, modem: {} }";
    private static final String CARD = "{ modem: { kind: nt26-eth } }";
    private static final String PPP = "{ modem: { kind: ppp } }";

    private final RigFactory firmware =
            new FirmwareRigs(FirmwareForTests.choice(new ProcessEmulator(), Path.of("none.elf")), List.of());

    @Test
    void saysWhyThereIsNoFrontBeforeAGatewayInVirtualTime() {
        assertThat(whyNot(firmware)).isEqualTo(whyNot(SocketRigs.factory())).doesNotContain("rig, because");
        assertThat(whyNot(VirtualRigs.factory()))
                .isEqualTo("not in the virtual rig, because its front is a real program");
    }

    @Test
    void onlyFirmwareDialsByPpp() {
        String why = "only in the qemu rig, because the simulated device has no TCP/IP to put behind its modem";

        assertThat(whyNot(VirtualRigs.factory(), PPP, "")).isEqualTo(why);
        assertThat(whyNot(SocketRigs.factory(), PPP, "")).isEqualTo(why);
        assertThat(whyNot(firmware, PPP, "")).isEqualTo("null");
        assertThat(whyNot(VirtualRigs.factory(), AT, "")).isEqualTo("null");
    }

    @Test
    void theSocketsOfAFirmwaresModemPassNoLink() {
        String why =
                "it has a link, and the sockets of a modem on firmware's UART pass none; the packets of `kind: ppp` and `nt26-eth` do";

        assertThat(whyNot(firmware, AT, "")).isEqualTo("null");
        assertThat(whyNot(firmware, AT.replace("{} }", "{}, mqtt: {} }"), "")).isEqualTo("null");
        assertThat(whyNot(firmware, AT, "link: cat1-edge")).isEqualTo(why);
        assertThat(whyNot(firmware, AT.replace("{} }", "{}, link: cat1-edge }"), ""))
                .isEqualTo(why);
        assertThat(whyNot(firmware, AT, "steps: [{ connect: door }, { outage: 1s }]"))
                .isEqualTo(why);
        assertThat(whyNot(firmware, PPP, "link: cat1-edge\nsteps: [{ connect: door }, { outage: 1s }]"))
                .isEqualTo("null");
        assertThat(whyNot(VirtualRigs.factory(), AT, "link: cat1-edge")).isEqualTo("null");
    }

    @Test
    void anOldBuildThatKnowsNoMqttIsNotJudgedByItsWebSocket(@TempDir Path folder) throws IOException {
        Path image = Files.writeString(folder.resolve("lx60.elf"), "url, ota-url");
        RigFactory rigs = new FirmwareRigs(FirmwareForTests.choice(new ProcessEmulator(), image), List.of());

        assertThat(whyNot(rigs, "{ mqtt: {} }", "")).contains("mqtt-endpoint", "does not know: build it anew");
        assertThat(whyNot(rigs, "{ ota: {} }", "")).isEqualTo("null");
        assertThat(whyNot(rigs, "{}", "")).isEqualTo("null");
        Files.writeString(image, "url, ota-url, mqtt-endpoint");
        assertThat(whyNot(rigs, "{ mqtt: {} }", "")).isEqualTo("null");
    }

    @Test
    void saysThatNoUpdateBootsWhereTheLoaderIsMissing(@TempDir Path folder) throws IOException {
        RigFactory rigs =
                new FirmwareRigs(FirmwareForTests.choice(new ProcessEmulator(), folder.resolve("lx60.elf")), List.of());
        Scenario updates = scenario("{}", "gateway: { ota: { firmware: { version: 1.0.1 } } }");

        assertThat(rigs.remark(updates))
                .startsWith("lx60-loader.elf is not beside " + folder.resolve("lx60.elf"))
                .contains("no update boots", "make -C qemu/firmware");
        assertThat(rigs.remark(scenario("{}", ""))).isNull();
        Files.createFile(folder.resolve("lx60-loader.elf"));
        assertThat(rigs.remark(updates)).isNull();
    }

    @Test
    void aNetworkCardIsForFirmwareWithATcpIpOfItsOwn() {
        String link = "link: cat1-edge\nsteps: [{ connect: door }, { outage: 1s }]";

        assertThat(whyNot(firmware, CARD, link)).isEqualTo("null");
        assertThat(whyNot(VirtualRigs.factory(), CARD, "")).contains("no TCP/IP to put behind its modem");
    }

    private static String whyNot(RigFactory rigs) {
        return whyNot(rigs, "{}", "front: nginx");
    }

    private static String whyNot(RigFactory rigs, String device, String part) {
        return String.valueOf(rigs.whyNot(scenario(device, part)));
    }

    private static Scenario scenario(String device, String part) {
        LoadResult loaded = new ScenarioLoader()
                .load(
                        "some.yaml",
                        "scenario: some\n" + part + "\ndevices: { door: " + device
                                + " }\nexpect: [{ device: door, is: online }]\n");
        return ((LoadResult.Ready) loaded).cases().get(0);
    }
}
