package io.fieldloop.qemu.flash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.qemu.bytes.Bytes;
import io.fieldloop.qemu.flash.fat.FatPartition;
import io.fieldloop.qemu.flash.nvs.NvsPartition;
import io.fieldloop.qemu.flash.nvs.NvsType;
import io.fieldloop.qemu.flash.nvs.NvsValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

class InjectionTest {
    private final FlashImage image = (FlashImage) HandMadeImage.read(HandMadeImage.merged(HandMadeImage.ESP32_S3));
    private final X509Certificate authority = anyAuthority();

    @Test
    void putsSettingsFilesAndTheAuthorityIntoACopy() throws Exception {
        Injection injection = new Injection(
                Map.of("websocket/url", "wss://gateway.test/", "websocket/version", "3", "wifi/sleep_mode", "1"),
                List.of(
                        CertificatePlace.ofReferenceFirmware(),
                        new CertificatePlace.Setting("tls/ca_pem", CertificateForm.PEM),
                        new CertificatePlace.Setting("tls/ca_der", CertificateForm.DER),
                        new CertificatePlace.InFile("storage", "certs/ca.der", CertificateForm.DER),
                        new CertificatePlace.InFile("0x210000", "certs/ca.pem", CertificateForm.PEM)),
                Map.of("storage", Map.of("main.py", Bytes.utf8("pass\n"))));

        FlashImage injected = injection.into(image, authority);

        NvsPartition nvs = injected.nvs().orElseThrow();
        assertThat(nvs.get("websocket/url")).contains(NvsValue.text("wss://gateway.test/"));
        assertThat(nvs.get("websocket/version")).contains(NvsValue.i32(3));
        assertThat(nvs.get("wifi/sleep_mode")).contains(NvsValue.u8(1));
        assertThat(nvs.get("fieldloop/ca"))
                .contains(NvsValue.text(Base64.getEncoder().encodeToString(authority.getEncoded())));
        assertThat(nvs.get("tls/ca_der")).contains(NvsValue.blob(authority.getEncoded()));
        assertThat(certificate(((NvsValue.Text) nvs.get("tls/ca_pem").orElseThrow()).bytes()))
                .isEqualTo(authority);
        Map<String, Bytes> files = injected.files(injected.partition("storage"))
                .orElseThrow()
                .volume()
                .files();
        assertThat(files).containsOnlyKeys("main.py", "certs/ca.der", "certs/ca.pem");
        assertThat(certificate(files.get("certs/ca.pem"))).isEqualTo(authority);
        assertThat(files.get("certs/ca.der")).isEqualTo(Bytes.of(authority.getEncoded()));
        assertThat(image.contents(image.partition("storage")).isErased()).isTrue();
    }

    @Test
    void aSettingKeepsTheTypeItHasInTheDevice() {
        FlashImage device = image.withNvs(Map.of("app/volume", new NvsValue.Numeric(NvsType.U16, BigInteger.TEN)));

        FlashImage injected = new Injection(Map.of("app/volume", "70", "app/name", "70"), List.of(), Map.of())
                .into(device, authority);

        assertThat(injected.nvs().orElseThrow().get("app/volume"))
                .contains(new NvsValue.Numeric(NvsType.U16, BigInteger.valueOf(70)));
        assertThat(injected.nvs().orElseThrow().get("app/name")).contains(NvsValue.text("70"));
    }

    @Test
    void withoutAnythingToInjectTheImageIsTheSame() {
        assertThat(Injection.none().into(image, authority).toBytes()).isEqualTo(image.toBytes());
    }

    @Test
    void filesGoIntoAnExistingVolumeWithWearLevelling() {
        FlashImage worn = image.withFiles(
                "storage", FatPartition.Layer.WEAR_LEVELLING, Map.of("settings.json", new byte[] {'{', '}'}));

        FlashImage injected = worn.withFiles("storage", Map.of("ca.pem", new byte[1000]));

        FatPartition fat = injected.files(injected.partition("storage")).orElseThrow();
        assertThat(fat.kind()).isEqualTo("FAT12 on wear levelling");
        assertThat(fat.volume().files()).containsOnlyKeys("settings.json", "ca.pem");
    }

    @Test
    void namesWhatHasNoPlace() {
        FlashImage other = image.withContents(image.partition("storage"), Bytes.utf8("something else"));
        Map<String, byte[]> file = Map.of("main.py", new byte[1]);
        Injection badNumber = new Injection(Map.of("websocket/version", "two"), List.of(), Map.of());

        assertThatThrownBy(() -> image.withFiles("vfs", file))
                .isInstanceOf(FlashImageException.class)
                .hasMessage("image.bin: there is no partition \"vfs\" in the table; there are nvs, otadata, ota_0,"
                        + " ota_1, storage.");
        assertThatThrownBy(() -> image.withFiles("ota_0", file))
                .hasMessage("image.bin: partition \"ota_0\" (0x10000 to 0x110000) is app/ota_0; files go into a data"
                        + " partition.");
        assertThatThrownBy(() -> other.withFiles("storage", file))
                .hasMessage("image.bin: partition \"storage\" (0x210000 to 0x310000): it holds no FAT, which is neither"
                        + " changed nor overwritten; give an image in which it is erased.");
        assertThatThrownBy(() -> image.withFiles("storage", Map.of("clip", new byte[2 << 20])))
                .hasMessage("image.bin: partition \"storage\" (0x210000 to 0x310000): the files do not fit: there are"
                        + " 250 clusters of 4096 bytes.");
        assertThatThrownBy(() -> badNumber.into(image, authority))
                .isInstanceOf(FlashImageException.class)
                .hasMessage("image.bin: \"two\" is no value for websocket/version; it is a whole number.");
    }

    private static X509Certificate certificate(Bytes pem) throws IOException, CertificateException {
        try (InputStream in = new ByteArrayInputStream(pem.toArray())) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    /** One of those that come with Java. */
    private static X509Certificate anyAuthority() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers()[0];
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
