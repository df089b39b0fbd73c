package io.fieldloop.scenario.diagnose.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.tls.Secrets;
import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.rig.capture.Tshark;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The annotated capture is the same capture, and Wireshark shows the diagnosis beside its packets. */
final class AnnotatedCaptureTest {
    @TempDir
    private Path folder;

    @Test
    void saysOnThePacketWhatFailed() throws Exception {
        Tshark.assumeThere();
        Path file = Captured.door(folder, """
                scenario: The gateway refuses a device without a token
                gateway: { token: required }
                devices: { door: { token: none } }
                steps: [{ connect: door }]
                expect: [{ device: door, is: refused }]
                """);
        Path annotated = folder.resolve("annotated.pcapng");

        CaptureDiagnosis before = CaptureDiagnosis.read(file, new Secrets());
        AnnotatedCapture.write(file, before.diagnosis(), Translation.english(), annotated);

        List<String> comments = Tshark.fields(annotated, "frame.comment", "frame.interface_name", "frame.comment");
        assertThat(comments).singleElement().asString().startsWith("to-device\tupgrade-refused (certain): +");
        CaptureDiagnosis after = CaptureDiagnosis.read(annotated, new Secrets());
        assertThat(after.diagnosis().findings()).isEqualTo(before.diagnosis().findings());
    }
}
