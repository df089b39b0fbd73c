package io.fieldloop.server.ota;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FirmwareImageTest {
    @Test
    void aVersionIsReadWhereThereIsADescription() {
        FirmwareImage image = FirmwareImage.sample("1.2.3", 1000);
        assertThat(image.version()).isEqualTo("1.2.3");
        assertThat(image.comparable()).isTrue();
        assertThat(FirmwareImage.sample("v1.2-3-gabcdef", 1000).comparable()).isFalse();
    }

    /** A merged image, a bootloader or any other file has something at that place, too. */
    @Test
    void whateverStandsWhereTheVersionWouldBeIsNoneWithoutADescription() {
        byte[] bytes = FirmwareImage.sample("1.2.3", 1000).bytes();
        bytes[32] = 0;
        assertThat(FirmwareImage.of(bytes).version()).isEmpty();
        assertThat(FirmwareImage.sample("1.2.3", 1000).merged().version()).isEmpty();
    }
}
