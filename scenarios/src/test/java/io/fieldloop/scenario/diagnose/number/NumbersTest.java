package io.fieldloop.scenario.diagnose.number;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.CauseTexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A number means the same however it is printed. */
class NumbersTest {
    private final Numbers numbers = Numbers.bundled();

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "-0x2700, -0x2700",
        "-9984, -0x2700",
        "0x2700, -0x2700",
        "9984, -0x2700",
        "0xFFFFD900, -0x2700",
        "4294957312, -0x2700",
        "-0x10, -0x0010",
        "-0x0010, -0x0010",
        "-26624, -0x6800",
        "8320, -0x2080",
        "32774, 0x8006",
        "0x801a, 0x801A",
        "-12288, -0x3000",
        "-141, -141",
        "104, 104",
        "202, 202"
    })
    void anErrorInAnyRadixSignAndWidth(String printed, String code) {
        assertThat(numbers.ofError(printed)).map(Meaning::code).contains(code);
    }

    @Test
    void aSumIsTakenApart() {
        Meaning sum = numbers.of(NumberSpace.MBEDTLS, "-0x4290").orElseThrow();

        assertThat(sum.name()).isEqualTo("MBEDTLS_ERR_RSA_PUBLIC_FAILED + MBEDTLS_ERR_MPI_ALLOC_FAILED");
        assertThat(sum.causes()).containsExactly("heap-exhausted");
        assertThat(numbers.of("-0x429F")).isEmpty();
    }

    @Test
    void whoeverCountsIsListed() {
        assertThat(numbers.of("403")).extracting(Meaning::space).containsExactly(NumberSpace.HTTP);
        assertThat(numbers.of("200"))
                .extracting(Meaning::space)
                .containsExactly(NumberSpace.HTTP, NumberSpace.GETADDRINFO, NumberSpace.WIFI);
        assertThat(numbers.of("571")).extracting(Meaning::space).containsExactly(NumberSpace.MODEM_SOCKET);
        assertThat(numbers.of("5"))
                .extracting(Meaning::space)
                .contains(NumberSpace.ERRNO, NumberSpace.MQTT_CONNACK)
                .doesNotContain(NumberSpace.MBEDTLS);
        assertThat(numbers.of("no number")).isEmpty();
    }

    @Test
    void everyCauseOfTheTableHasAText() {
        CauseTexts texts = CauseTexts.bundled();
        assertThat(numbers.causes())
                .allSatisfy(word -> assertThat(texts.find(word)).as(word).isPresent());
    }
}
