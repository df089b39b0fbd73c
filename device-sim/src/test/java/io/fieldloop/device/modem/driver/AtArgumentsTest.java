package io.fieldloop.device.modem.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The quirks of the firmware's line parser (at_uart.cc). */
class AtArgumentsTest {

    @Test
    void aCommaInsideQuotesShiftsWhatFollows() {
        AtArguments operator = AtArguments.parse("0,0,\"CHINA MOBILE, IoT\",7");

        assertThat(operator.count()).isEqualTo(5);
        assertThat(operator.text(2)).isEqualTo("CHINA MOBIL");
        assertThat(operator.text(3)).isEqualTo(" IoT\"");
    }

    @Test
    void aSignOrTenDigitsAreNoNumber() {
        AtArguments numbers = AtArguments.parse("-1,1234567890,123456789,");

        assertThat(numbers.number(0)).isZero();
        assertThat(numbers.number(1)).isZero();
        assertThat(numbers.number(2)).isEqualTo(123_456_789);
        assertThat(numbers.count())
                .as("getline sees nothing behind the last comma")
                .isEqualTo(3);
    }
}
