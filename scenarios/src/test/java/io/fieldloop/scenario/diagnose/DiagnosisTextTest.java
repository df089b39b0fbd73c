package io.fieldloop.scenario.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A diagnosis as it is read. */
class DiagnosisTextTest {
    private static final Diagnosis ONE = new Diagnosis(
            "door.log",
            "3 lines",
            List.of(new Finding(
                    "Voice channel",
                    "wss://gateway.test/",
                    List.of(new Cause(
                            "certificate-expired",
                            Confidence.CERTAIN,
                            List.of(new Evidence(
                                    "line 2", "validity has expired\u001b[31m", "the device checks dates")),
                            List.of("the dates of the chain"))),
                    List.of(),
                    2)),
            List.of());

    @Test
    void eachCauseStandsWithWhatSpeaksForIt() {
        assertThat(DiagnosisText.lines(ONE, CauseTexts.bundled()))
                .contains(
                        "door.log: 3 lines",
                        "Voice channel: wss://gateway.test/ (2 times)",
                        "     line 2: validity has expired\\x1b[31m",
                        "       the device checks dates",
                        "     To tell: the dates of the chain",
                        "     Reproduce: fieldloop run 'tls/certificate-expired[device=checks-dates]'")
                .anyMatch(line -> line.startsWith("  1. certificate-expired (certain): "));
    }

    @Test
    void theSameAsJson() throws IOException {
        StringWriter json = new StringWriter();
        DiagnosisJson.write(ONE, CauseTexts.bundled(), json);
        assertThat(json.toString())
                .contains("\"cause\" : \"certificate-expired\"", "\"confidence\" : \"certain\"", "\\u001B[31m");
    }

    @Test
    void nothingIsACauseWithoutEvidence() {
        assertThatThrownBy(() -> new Cause("tcp-timeout", Confidence.LIKELY, List.of(), List.of()))
                .hasMessageContaining("Nothing speaks for tcp-timeout");
    }
}
