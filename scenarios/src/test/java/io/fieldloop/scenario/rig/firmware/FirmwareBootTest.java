package io.fieldloop.scenario.rig.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.qemu.bytes.Bytes;
import io.fieldloop.qemu.flash.CertificateForm;
import io.fieldloop.qemu.flash.FlashImage;
import io.fieldloop.qemu.flash.FlashInspection;
import io.fieldloop.qemu.flash.Partition;
import io.fieldloop.qemu.flash.nvs.NvsPartition;
import io.fieldloop.qemu.flash.nvs.NvsValue;
import io.fieldloop.qemu.machine.BootMedium;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.runner.FirmwareEvent;
import io.fieldloop.qemu.runner.ProcessEmulator;
import io.fieldloop.scenario.model.CaPlace;
import io.fieldloop.scenario.model.FirmwareSpec;
import io.fieldloop.scenario.rig.RigException;
import io.fieldloop.scenario.rig.Seeds;
import io.fieldloop.scenario.suite.FirmwareForTests;
import io.fieldloop.server.pki.CertificateAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirmwareBootTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
    private static final Path BUILT = Path.of("..", "qemu", "firmware", "out", "esp32.elf");

    private final X509Certificate authority = new CertificateAuthority(CLOCK, new SecureRandom()).root();
    private final DeviceConfig device = DeviceConfig.of(
                    "door", DeviceProfile.named("xiaozhi-wifi"), "wss://gateway.test/xiaozhi/v1/")
            .withToken("open-sesame")
            .withProtocolVersion(3)
            .withIds("10:52:1c:00:00:06", "7b94d69a-9808-4c59-9c9b-704333b38aff")
            .withTrustAnchors(List.of(authority));

    @TempDir
    private Path folder;

    private Path image;
    private Path directory;

    @BeforeEach
    void aUsersImage() throws IOException {
        image = folder.resolve("merged.bin");
        directory = Files.createDirectory(folder.resolve("door"));
        TinyFlash.withFiles("xiaozhi").write(image);
    }

    @Test
    void aUsersFlashGetsWhatXiaozhiKeepsInNvs() throws IOException {
        NvsPartition nvs = booted(true, spec(Map.of("wifi/ssid", "PICSimLabWifi"), Map.of(), null))
                .nvs()
                .orElseThrow();

        assertThat(nvs.get("websocket/url")).contains(NvsValue.text("wss://gateway.test/xiaozhi/v1/"));
        assertThat(nvs.get("websocket/token")).contains(NvsValue.text("open-sesame"));
        assertThat(nvs.get("websocket/version")).contains(NvsValue.i32(3));
        assertThat(nvs.get("board/uuid")).contains(NvsValue.text("7b94d69a-9808-4c59-9c9b-704333b38aff"));
        assertThat(nvs.get("wifi/ssid")).contains(NvsValue.text("PICSimLabWifi"));
        assertThat(nvs.namespaces()).containsOnlyKeys("websocket", "board", "wifi");
    }

    @Test
    void filesSettingsAndAuthorityGoIntoTheFatPartition() throws Exception {
        Files.writeString(folder.resolve("main.py"), "import device\n");
        FirmwareSpec spec = spec(
                Map.of("talk", "1500"),
                Map.of("lib/start.py", "main.py"),
                "fieldloop.json",
                new CaPlace.File("ca.der", CertificateForm.DER),
                new CaPlace.Setting("tls/ca", CertificateForm.BASE64));

        FlashImage flash = booted(true, spec);

        Map<String, Bytes> files =
                flash.files(flash.partition("vfs")).orElseThrow().volume().files();
        assertThat(files).containsOnlyKeys("lib/start.py", "fieldloop.json", "ca.der");
        assertThat(files.get("ca.der")).isEqualTo(Bytes.of(authority.getEncoded()));
        assertThat(text(files.get("fieldloop.json")))
                .contains(
                        "\"url\":\"wss://gateway.test/xiaozhi/v1/\"", "\"talk\":\"1500\"", "\"epoch\":\"1767225600\"");
        assertThat(flash.nvs().orElseThrow().get("tls/ca")).contains(NvsValue.text(base64(authority)));
    }

    @Test
    void theReferenceFirmwareGetsAllItsSettings() throws Exception {
        NvsPartition nvs = booted(false, spec(Map.of("heap", "40000"), Map.of(), null))
                .nvs()
                .orElseThrow();

        assertThat(nvs.get("websocket/url")).contains(NvsValue.text("wss://gateway.test/xiaozhi/v1/"));
        assertThat(nvs.get("fieldloop/ca")).contains(NvsValue.text(base64(authority)));
        assertThat(nvs.get("fieldloop/device-id")).contains(NvsValue.text("10:52:1c:00:00:06"));
        assertThat(nvs.get("fieldloop/epoch")).contains(NvsValue.text("1767225600"));
        assertThat(nvs.get("fieldloop/heap")).contains(NvsValue.text("40000"));
    }

    @Test
    void aUsersFirmwareFindsTheDeviceIdInItsFuses() throws IOException {
        BootMedium.Flash medium = medium(true, spec(Map.of(), Map.of(), null));

        // BLK0_RDATA1 and BLK0_RDATA2: the address, last byte first
        assertThat(HexFormat.of().formatHex(Arrays.copyOfRange(Files.readAllBytes(medium.efuse()), 4, 10)))
                .isEqualTo("0600001c5210");
    }

    @Test
    void theImageItselfStaysAsItIs() throws IOException {
        byte[] before = Files.readAllBytes(image);

        booted(true, spec(Map.of("wifi/ssid", "home"), Map.of(), "fieldloop.json"));

        assertThat(Files.readAllBytes(image)).isEqualTo(before);
    }

    @Test
    void whatTheFirmwareWroteOutlivesAPowerCut() throws IOException {
        FirmwareBoot boot = boot(true, spec(Map.of(), Map.of(), null));
        Path flash = boot.medium(device, directory, null).file();
        FlashImage.open(flash).withNvs(Map.of("door/opened", NvsValue.i32(7))).write(flash);

        Path again = boot.medium(device, directory, null).file();

        assertThat(FlashImage.open(again).nvs().orElseThrow().get("door/opened"))
                .contains(NvsValue.i32(7));
    }

    @Test
    void aDeviceThatTrustsNobodyGetsNoCertificate() throws IOException {
        FirmwareSpec spec = spec(Map.of(), Map.of(), null, new CaPlace.Setting("tls/ca", CertificateForm.PEM));
        Path flash = boot(true, spec)
                .medium(device.withTrustAnchors(List.of()), directory, null)
                .file();

        assertThat(FlashImage.open(flash).nvs().orElseThrow().get("tls/ca")).isEmpty();
    }

    @Test
    void aMissingFileIsOneSentence() {
        assertThatThrownBy(() -> booted(true, spec(Map.of(), Map.of("main.py", "none.py"), null)))
                .isInstanceOf(RigException.class)
                .hasMessage("The file " + folder.resolve("none.py")
                        + ", which the scenario's `firmware: files:` names, cannot be read; names are relative to the"
                        + " scenario's folder.");
    }

    @Test
    void filesNeedAPartitionForThem() throws IOException {
        TinyFlash.withoutFiles("xiaozhi").write(image);

        assertThatThrownBy(() -> booted(true, spec(Map.of(), Map.of(), "fieldloop.json")))
                .isInstanceOf(RigException.class)
                .hasMessage(
                        "merged.bin: the partition table has no FAT partition for the scenario's files; name another"
                                + " with `partition`.");
    }

    @Test
    void aPartitionThatTheCopyGetsIsKnownBeforeItBootsAndOneThatIsThereIsNotAdded() throws IOException {
        FirmwareSpec spec =
                new FirmwareSpec(Map.of(), Map.of(), "fieldloop.json", null, "vfs", List.of(), Duration.ofSeconds(60));
        assertThat(boot(true, spec).remarks()).isEmpty();
        TinyFlash.withoutFiles("xiaozhi").write(image);

        Partition added = booted(true, spec).partition("vfs");

        assertThat(boot(true, spec).remarks())
                .containsExactly(new FirmwareEvent.PartitionAdded(
                        "vfs", "0x" + Integer.toHexString(added.offset()), added.size()));
        assertThat(FlashInspection.of(FlashImage.open(image)).lines())
                .anyMatch(line -> line.endsWith("`add-partition: vfs` in firmware: gives the copy " + added));
    }

    @Test
    void theReferenceFirmwaresElfBecomesAFlash() throws IOException {
        assumeTrue(Files.exists(BUILT), "no reference firmware: make -C qemu/firmware");
        image = BUILT;

        FlashImage flash = booted(false, spec(Map.of(), Map.of(), null));

        assertThat(ReferenceFirmware.isIn(BUILT)).isTrue();
        assertThat(flash.bootSlot().description().projectName()).isEqualTo("fieldloop-firmware");
        assertThat(flash.nvs().orElseThrow().get("websocket/version")).contains(NvsValue.i32(3));
    }

    @Test
    void tellsAUsersFirmwareFromTheReference() {
        assertThat(ReferenceFirmware.isIn(image)).isFalse();
        assertThat(ReferenceFirmware.isIn(folder.resolve("none.bin"))).isFalse();
    }

    private FlashImage booted(boolean own, FirmwareSpec spec) throws IOException {
        return FlashImage.open(medium(own, spec).image());
    }

    private BootMedium.Flash medium(boolean own, FirmwareSpec spec) {
        return (BootMedium.Flash) boot(own, spec).medium(device, directory, null);
    }

    private FirmwareBoot boot(boolean own, FirmwareSpec spec) {
        FirmwareChoice choice = FirmwareForTests.choice(Machine.named("esp32"), new ProcessEmulator(), image, own);
        return new FirmwareBoot(choice, spec, folder.resolve("scenario.yaml"), new Seeds(1), CLOCK, false, null);
    }

    private static FirmwareSpec spec(
            Map<String, String> settings, Map<String, String> files, @Nullable String settingsFile, CaPlace... ca) {
        return new FirmwareSpec(settings, files, settingsFile, null, null, List.of(ca), Duration.ofMinutes(1));
    }

    private static String base64(X509Certificate certificate) throws Exception {
        return Base64.getEncoder().encodeToString(certificate.getEncoded());
    }

    private static String text(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.UTF_8);
    }
}
