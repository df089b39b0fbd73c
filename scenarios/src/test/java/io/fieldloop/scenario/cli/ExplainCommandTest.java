package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code fieldloop explain}, as typed. */
class ExplainCommandTest {
    @Test
    void saysWhatDeviceAndServerShowAndHowToReproduceIt() {
        CommandLineRun run = CommandLineRun.of("explain", "certificate-expired");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("certificate-expired: the device's reason")
                .contains("  esp-tls-mbedtls: mbedtls_ssl_handshake returned -0x2700", "  code -0x2700")
                .contains("The server shows", "alert 45", "Usual causes", "  1. ", "Check")
                .contains("fieldloop run 'tls/certificate-expired[device=checks-dates]'");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void explainsAWordOfSeveralSidesForEach() {
        assertThat(CommandLineRun.of("explain", "hello-timeout").out())
                .contains("hello-timeout: the device's reason")
                .contains("hello-timeout: the gateway's reason to refuse")
                .contains("hello-timeout: how the gateway's session ended");
    }

    @Test
    void namesTheReasonsOfAClass() {
        assertThat(CommandLineRun.of("explain", "oversize").out())
                .contains("Class oversize holds header-too-large, too-many-headers.");
    }

    @Test
    void listsAllWithALineEach() {
        CommandLineRun run = CommandLineRun.of("explain");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("  tls-eof ", "  rdp-scan ", "  keepalive-ping-timeout ");
    }

    @Test
    void suggestsWhatWasProbablyMeant() {
        CommandLineRun typing = CommandLineRun.of("explain", "certificate-expried");
        CommandLineRun part = CommandLineRun.of("explain", "certificate");

        assertThat(typing.exitCode()).isEqualTo(2);
        assertThat(typing.err().strip())
                .isEqualTo("fieldloop: 'certificate-expried' is no reason; did you mean certificate-expired?");
        assertThat(part.err()).contains("did you mean certificate-expired, certificate-not-yet-valid,");
    }
}
