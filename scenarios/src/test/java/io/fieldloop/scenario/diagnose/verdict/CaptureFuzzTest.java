package io.fieldloop.scenario.diagnose.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.DiagnosisText;
import io.fieldloop.scenario.diagnose.capture.CaptureException;
import io.fieldloop.scenario.diagnose.capture.CaptureReader;
import io.fieldloop.scenario.diagnose.tls.Secrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** No file makes the diagnosis fail: it is read, or refused in one sentence. */
class CaptureFuzzTest {
    private static final CauseTexts TEXTS = CauseTexts.bundled();

    @FuzzTest(maxDuration = "10m")
    void anyFile(byte[] data) throws IOException {
        try (CaptureReader reader = CaptureReader.of("fuzz", new ByteArrayInputStream(data))) {
            CaptureDiagnosis read = CaptureDiagnosis.read("fuzz", reader, new Secrets());
            assertThat(DiagnosisText.lines(read.diagnosis(), TEXTS)).isNotEmpty();
        } catch (CaptureException told) {
            assertThat(told).hasMessageStartingWith("fuzz: ").hasMessageNotContaining("\n");
        }
    }
}
