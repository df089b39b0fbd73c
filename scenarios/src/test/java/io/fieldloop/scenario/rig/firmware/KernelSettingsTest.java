package io.fieldloop.scenario.rig.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.mqtt.MqttSettings;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.qemu.machine.BootMedium;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.runner.Emulation;
import io.fieldloop.qemu.runner.EmulationConfig;
import io.fieldloop.qemu.runner.EmulationListener;
import io.fieldloop.qemu.runner.FirmwareEvent;
import io.fieldloop.qemu.runner.ProcessEmulator;
import io.fieldloop.scenario.rig.RigException;
import io.fieldloop.scenario.rig.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelSettingsTest {
    private static final Path BUILT = Path.of("..", "qemu", "firmware", "out", "lx60.elf");
    private static final DeviceConfig DEVICE =
            DeviceConfig.of("door", DeviceProfile.named("xiaozhi-wifi"), "ws://gateway.test/");

    @Test
    void quotesWhatHasBlanks() {
        assertThat(line(Map.of("token", "two words", "sntp", "10.0.2.2", "ota-url", "a\tb")))
                .contains(" token=\"two words\"")
                .contains(" sntp=10.0.2.2")
                .contains(" ota-url=\"a\tb\"");
    }

    @Test
    void leavesAQuoteWithinAWord() {
        assertThat(line(Map.of("token", "a\"b"))).contains(" token=a\"b");
    }

    @Test
    void refusesWhatTheFirmwareWouldMisread() {
        assertThatThrownBy(() -> line(Map.of("token", "a \"b\"")))
                .isInstanceOf(RigException.class)
                .hasMessage("The setting `token` has the value 'a \"b\"': the kernel command line has no way to write"
                        + " blanks and a double quote together.");
    }

    @Test
    void whatIsForNvsStaysAway() {
        assertThat(line(Map.of("wifi/ssid", "home"))).doesNotContain("ssid");
    }

    @Test
    void namesOfTheDevicesSettingsStandForTheirValues() {
        DeviceConfig broker = DEVICE.withMqtt(MqttSettings.of("gateway.test:1883", "door"));
        assertThat(KernelSettings.of(
                        broker, new Seeds(1), Instant.EPOCH, Map.of("app/uri", "mqtt://{mqtt-endpoint}?x={}")))
                .containsEntry("app/uri", "mqtt://gateway.test:1883?x={}");
        assertThat(line(Map.of("token", "{url:host}/{url:port}/{device-id}")))
                .contains(" token=gateway.test/80/" + DEVICE.deviceId());
    }

    @Test
    void anEndpointWithoutAPortIsTheOneXiaozhiReads() {
        assertThat(SettingText.filled("{mqtt-endpoint:port}", Map.of("mqtt-endpoint", "gateway.test")))
                .isEqualTo("8883");
    }

    @Test
    void aNameTheDeviceDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> line(Map.of("app/uri", "mqtt://{mqtt-endpoint}")))
                .isInstanceOf(RigException.class)
                .hasMessageContaining("names {mqtt-endpoint}, which the device does not have; it has url, device-id,")
                .hasMessageContaining("`mqtt: {}`");
    }

    @Test
    @Tag("qemu")
    void theFirmwareReadsWhatWasQuoted(@TempDir Path directory) {
        assumeTrue(Files.exists(BUILT), "no reference firmware: make -C qemu/firmware");
        assumeTrue(
                List.of(System.getenv("PATH").split(":", -1)).stream()
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "qemu-system-xtensa"))),
                "qemu-system-xtensa is not installed (Debian, Ubuntu: apt-get install qemu-system-misc)");
        Console console = new Console();
        BootMedium boot = new BootMedium.Kernel(
                BUILT, line(Map.of("url", "no url at all", "device-id", "", "mac", "02:00:00:00:00:08")));
        Emulation emulation = new ProcessEmulator()
                .start(EmulationConfig.of("door", Machine.named("lx60"), boot, directory), console)
                .join();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> console.says("ready ip=10.0.2.15 mac=02:00:00:00:00:08"));
            emulation.write("connect\n");
            await().atMost(Duration.ofSeconds(60)).until(() -> console.says("attempt started url=no url at all"));
        } finally {
            emulation.stop().join();
        }
    }

    private static String line(Map<String, String> more) {
        return KernelSettings.line(DEVICE, new Seeds(1), Instant.EPOCH, more);
    }

    private static final class Console implements EmulationListener {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        boolean says(String text) {
            return lines.stream().anyMatch(line -> line.contains(text));
        }

        @Override
        public void consoleLine(String line) {
            lines.add(line);
        }

        @Override
        public void event(FirmwareEvent event) {
            // The test looks at the console only.
        }
    }
}
