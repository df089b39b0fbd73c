package io.fieldloop.qemu.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RomCrc32Test {
    @Test
    void isZlibsWithTheRegisterStartingAtZero() {
        // Python: zlib.crc32(b"123456789", 0xffffffff), which is how Espressif's tools write esp_rom_crc32_le.
        assertThat(RomCrc32.of(Bytes.utf8("123456789"))).isEqualTo(0xd202d277);
    }

    @Test
    void runsOverAllParts() {
        assertThat(RomCrc32.of(Bytes.utf8("1234"), Bytes.of(), Bytes.utf8("56789")))
                .isEqualTo(0xd202d277);
    }

    @Test
    void ofNothingIsTheStartValue() {
        assertThat(RomCrc32.of()).isEqualTo(0xffffffff);
    }
}
