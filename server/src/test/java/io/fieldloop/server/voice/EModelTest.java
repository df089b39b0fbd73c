package io.fieldloop.server.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the numbers of ITU-T G.107. */
class EModelTest {
    /** G.107, Table B.1: the lower limits of R and of MOS that belong together. */
    @ParameterizedTest
    @CsvSource({"90, 4.34", "80, 4.03", "70, 3.60", "60, 3.10", "50, 2.58"})
    void turnsARatingIntoTheScoreOfTheRecommendation(double rating, double mos) {
        assertThat(EModel.mosOf(rating)).isCloseTo(mos, within(0.01));
    }

    @Test
    void losesMoreTheMoreIsMissingAndTheMoreInARow() {
        assertThat(EModel.mos(0, 1)).isEqualTo(4.41);
        assertThat(EModel.mos(3, 1)).isEqualTo(3.75);
        assertThat(EModel.mos(10, 1)).isEqualTo(2.5);
        assertThat(EModel.mos(10, 3)).isLessThan(EModel.mos(10, 1));
        assertThat(EModel.mos(100, 1)).isLessThan(1.05);
        assertThat(EModel.mosOf(100)).isEqualTo(4.5);
    }
}
