package io.fieldloop.qemu.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.qemu.bytes.Bytes;
import org.junit.jupiter.api.Test;

final class EfuseImageTest {
    /** QEMU's own default of the ESP32's words 1 and 2, 0x00c40a24 and 0x00fe1001, is this address with its checksum. */
    private static final MacAddress QEMU_DEFAULT = new MacAddress("10:01:00:c4:0a:24");

    @Test
    void writesTheAddressAndItsChecksumAsTheEsp32HasThem() {
        Bytes image = EfuseImage.of(EfuseLayout.ESP32, QEMU_DEFAULT);

        assertThat(image.length()).isEqualTo(124);
        assertThat(image.u32(4)).isEqualTo(0x00c40a24);
        assertThat(image.u32(8)).isEqualTo(0x00fe1001);
    }

    @Test
    void hasTheRevisionBitsOfEspressifsOwnImages() {
        // ESP-IDF, tools/idf_py_actions/qemu_ext.py: all zero but these, for revision 3 and revisions 0.3.
        Bytes esp32 = EfuseImage.of(EfuseLayout.ESP32, QEMU_DEFAULT);
        assertThat(esp32.u32(12)).isEqualTo(0x8000);
        assertThat(esp32.u32(20)).isEqualTo(0x100000);

        Bytes esp32c3 = EfuseImage.of(EfuseLayout.ESP32_C3, QEMU_DEFAULT);
        assertThat(esp32c3.length()).isEqualTo(1024);
        assertThat(esp32c3.u32(24)).isEqualTo(0x00c40a24);
        assertThat(esp32c3.u32(28)).isEqualTo(0x1001);
        assertThat(esp32c3.u8(38)).isEqualTo(0x0c);
        assertThat(EfuseImage.of(EfuseLayout.ESP32_S3, QEMU_DEFAULT)).isEqualTo(esp32c3);
    }

    @Test
    void writesOtherRevisions() {
        Bytes esp32 = EfuseImage.of(EfuseLayout.ESP32, QEMU_DEFAULT, 1, 2);
        assertThat(esp32.u32(12)).isEqualTo(0x8000);
        assertThat(esp32.u32(20)).isEqualTo(0x2000000);

        // 1.9: minor 9 is 0b001 low and 1 high.
        Bytes esp32s3 = EfuseImage.of(EfuseLayout.ESP32_S3, QEMU_DEFAULT, 1, 9);
        assertThat(esp32s3.u32(36)).isEqualTo(1 << 18);
        assertThat(esp32s3.u32(44)).isEqualTo(1 << 23 | 1 << 24);
    }

    @Test
    void refusesWhatNoChipHas() {
        assertThatThrownBy(() -> EfuseImage.of(EfuseLayout.ESP32, QEMU_DEFAULT, 2, 0))
                .hasMessage("there is no ESP32 revision 2.0; expected 0, 1 or 3, and after the point 0 to 3.");
        assertThatThrownBy(() -> new MacAddress("01:00:5e:00:00:01"))
                .hasMessage(
                        "\"01:00:5e:00:00:01\" is not a device's MAC address; expected one like 52:54:00:12:34:56.");
    }
}
