package io.fieldloop.device.voice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The scores are computed by hand from ITU-T G.107, 7.5 and Annex B, as the gateway's are. */
class EModelTest {
    @Test
    void losesMoreTheMoreIsMissingAndTheMoreInARow() {
        assertThat(EModel.mos(100, 0, 0)).isEqualTo(4.41);
        assertThat(EModel.mos(97, 3, 3)).isEqualTo(3.75);
        assertThat(EModel.mos(90, 10, 10)).isEqualTo(2.5);
        assertThat(EModel.mos(90, 10, 2)).isEqualTo(1.34);
        assertThat(EModel.mos(0, 100, 1)).isEqualTo(1.01);
    }
}
