package io.fieldloop.scenario.diagnose.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.DiagnosisText;
import io.fieldloop.scenario.diagnose.tls.Secrets;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What others' programs leave on the wire: {@code captures/expected.tsv} says what must be said of each, and what must not.
 *
 * <p>dumpcap recorded OpenSSL, Python's sockets and Linux' own TCP, UDP, IP and ARP between three network namespaces, one of them a
 * router; what no namespace does at will (PPPoE, IPv6 extension headers, a second owner of an address) is made with Scapy from those.
 */
final class CapturesOfRealToolsTest {
    record Case(String capture, String keyLog, String must, String mustNot) {
        @Override
        public String toString() {
            return capture + (keyLog.equals("-") ? "" : " with " + keyLog);
        }
    }

    static Stream<Case> cases() throws IOException {
        return Files.readAllLines(folder().resolve("expected.tsv")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t"))
                .map(columns -> new Case(columns[0], columns[1], columns[2], columns[3]));
    }

    private static Path folder() {
        try {
            return Path.of(CapturesOfRealToolsTest.class.getResource("captures").toURI());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isDiagnosed(Case one) throws IOException {
        Secrets secrets = new Secrets();
        if (!one.keyLog().equals("-")) {
            secrets.add(Files.readString(folder().resolve(one.keyLog())));
        }

        String said = String.join(
                "\n",
                DiagnosisText.lines(
                        CaptureDiagnosis.read(folder().resolve(one.capture()), secrets)
                                .diagnosis(),
                        CauseTexts.bundled()));

        assertThat(said).containsPattern(Pattern.compile(one.must()));
        if (!one.mustNot().equals("-")) {
            assertThat(said).doesNotContainPattern(Pattern.compile(one.mustNot()));
        }
    }
}
