package io.fieldloop.scenario.diagnose.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.Diagnosis;
import io.fieldloop.scenario.diagnose.DiagnosisText;
import io.fieldloop.scenario.diagnose.tls.Secrets;
import io.fieldloop.scenario.rig.capture.Tshark;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two ends of a link as two captures, cut apart by tshark. */
final class SecondCaptureTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void needsTshark() {
        Tshark.assumeThere();
    }

    @Test
    void saysWhatNeverArrivedAtTheOtherEnd() throws Exception {
        String told = told("""
                scenario: The NAT forgets a quiet device
                link: { delay: 40ms, nat-idle: 5s, nat-expiry: silent }
                devices: { door: {} }
                steps: [{ connect: door }, { wait: 10s }, { talk: { devices: door, speech: 2s } }]
                expect: [{ device: door, is: online }]
                """);

        assertThat(told)
                .contains("1. uplink-lost (certain)")
                .contains("bytes that the client sent (here) did not come by there (second)")
                .contains("1 connections are in both captures; the second shows their first packets 0.0");
    }

    @Test
    void saysThatTheServerDidNotSendTheReset() throws Exception {
        String told = told("""
                scenario: A NAT resets
                link: { delay: 40ms, nat-idle: 5s, nat-expiry: reset }
                devices: { door: {} }
                steps: [{ connect: door }, { wait: 10s }, { talk: { devices: door, speech: 2s } }]
                expect: [{ device: door, is: offline }]
                """);

        assertThat(told).contains("the server did not send it: something between the two places did");
    }

    private String told(String scenario) throws Exception {
        Path file = Captured.door(folder, scenario);
        CaptureDiagnosis second =
                CaptureDiagnosis.read(part(file, "second.pcapng", "to-network", "network"), new Secrets());
        Diagnosis both = CaptureDiagnosis.read(part(file, "first.pcapng", "device", "to-device"), new Secrets())
                .diagnosis(second);
        return String.join(" ", DiagnosisText.lines(both, CauseTexts.bundled())).replaceAll(" +", " ");
    }

    private Path part(Path file, String name, String one, String other) throws Exception {
        Path part = folder.resolve(name);
        String filter = "frame.interface_name == \"" + one + "\" or frame.interface_name == \"" + other + "\"";
        Process tshark = new ProcessBuilder("tshark", "-r", file.toString(), "-Y", filter, "-w", part.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(tshark.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(tshark.exitValue()).isZero();
        return part;
    }
}
