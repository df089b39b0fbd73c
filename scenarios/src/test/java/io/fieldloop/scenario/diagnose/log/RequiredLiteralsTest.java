package io.fieldloop.scenario.diagnose.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.qemu.console.ConsoleDictionary;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a filter may look for in place of a regular expression. */
class RequiredLiteralsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = " => ",
            value = {
                "^Session-ID:(?<session>\\S+) => Session-ID:",
                "mbedtls_ssl_(?:handshake|setup) returned => mbedtls_ssl_",
                "colou?rful => colo",
                "(?:abc)?defg => defg",
                "ab+cdef => cdef",
                "\\[WSc\\] Connected => [WSc] Connected",
                "[Nn]ot found => ot found",
                "x{2}yyyy => yyyy"
            })
    void theLongestStringThatEachMatchHas(String regex, String literal) {
        assertThat(RequiredLiterals.of(regex)).containsExactly(literal);
    }

    @Test
    void ofAlternativesOneForEach() {
        assertThat(RequiredLiterals.of("abcd|(?:efgh|ijkl)x?")).containsExactlyInAnyOrder("abcd", "efgh", "ijkl");
        assertThat(RequiredLiterals.of("abcd|.*")).isEmpty();
        assertThat(RequiredLiterals.of("(?i)abcd")).isEmpty();
        assertThat(RequiredLiterals.of("(?!abcd)xyz")).isEqualTo(Set.of("xyz"));
    }

    @Test
    void nearlyAllSignsAndDictionaryLinesHaveOne() {
        assertThat(SignTable.bundled().signs())
                .allSatisfy(
                        sign -> assertThat(RequiredLiterals.of(sign.pattern().pattern()))
                                .as(sign.pattern().pattern())
                                .isNotEmpty());
        assertThat(ConsoleDictionary.stock().patterns())
                .allSatisfy(one -> assertThat(RequiredLiterals.of(one.regex()).isEmpty()
                                && one.tag().isEmpty())
                        .as(one.regex())
                        .isFalse());
    }
}
