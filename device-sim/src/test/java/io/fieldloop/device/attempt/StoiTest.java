package io.fieldloop.device.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoiTest {
    @ParameterizedTest
    @CsvSource({"1883, 1883", "' 1883', 1883", "1883/, 1883", "+7x, 7", "-1, -1", "0x10, 0"})
    void readsTheNumberThatStandsInFront(String text, int number) throws Exception {
        assertThat(Stoi.of(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"'', std::invalid_argument", "//host, std::invalid_argument", "99999999999, std::out_of_range"})
    void throwsAsItDoes(String text, String what) {
        assertThatThrownBy(() -> Stoi.of(text))
                .isInstanceOf(Stoi.ThrownException.class)
                .hasMessage(what);
    }
}
