package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void saysWhatEachCodeOfALostConnectionMeans() {
        assertThat(CommandLineRun.of("explain", "connection-lost").out().replaceAll("\\s+", " "))
                .contains("-0x0050 is MBEDTLS_ERR_NET_CONN_RESET", "-0x004C is MBEDTLS_ERR_NET_RECV_FAILED");
    }

    @Test
    void explainsADevicesLog(@TempDir Path folder) throws IOException {
        Path log = Files.writeString(folder.resolve("device.log"), """
                I (1200) WS: Connecting to websocket server: wss://gateway.test/xiaozhi/v1/ with version: 1
                E (2000) esp-tls-mbedtls: mbedtls_ssl_handshake returned -0x2700
                E (2010) esp-tls-mbedtls: verification info:   ! The certificate validity has expired
                E (2020) WS: Failed to connect to websocket server
                """);

        CommandLineRun run = CommandLineRun.of("explain", "--log", log.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines())
                .contains("      1.200s  line 1  attempt-started  url=wss://gateway.test/xiaozhi/v1/")
                .contains("1 attempt, 0 online, 1 refused; certificate-expired 1")
                .contains("Voice channel (WebSocket): wss://gateway.test/xiaozhi/v1/")
                .contains("     Reproduce: fieldloop run 'tls/certificate-expired[device=checks-dates]'")
                .anyMatch(line -> line.startsWith("  1. certificate-expired (certain): "));
    }

    @Test
    void listsWhatTheConsoleDoesNotTellApartAndWhatWouldTell(@TempDir Path folder) throws IOException {
        Path log = Files.writeString(
                folder.resolve("device.log"), "E (90) esp-tls-mbedtls: mbedtls_ssl_handshake returned -0x7780\n");

        assertThat(CommandLineRun.of("explain", "--log", log.toString()).out())
                .contains("1. peer-alert (possible)", "protocol-version (possible)")
                .contains("To tell: the alert's number");
    }

    @Test
    void whatNoLineSaidIsNotToldOfIt(@TempDir Path folder) throws IOException {
        Path noReason = Files.writeString(folder.resolve("device.log"), """
                I (17094) WebSocket: Connecting to ws://192.0.2.40:10007/xiaozhi/v1/
                E (17894) Ml307SslTransport: Failed to connect to 192.0.2.40:10007
                E (17894) WS: Failed to connect to websocket server
                """);
        Path noBegin = Files.writeString(folder.resolve("late.log"), """
                E (6344) TRANSPORT_WS: Sec-WebSocket-Accept not found
                E (6344) WEBSOCKET_CLIENT: Error transport connect
                """);

        assertThat(CommandLineRun.of("explain", "--log", noReason.toString()).out())
                .contains("refused  text=Failed to connect to websocket server  elapsed=800 ms\n")
                .doesNotContain("phase=");
        assertThat(CommandLineRun.of("explain", "--log", noBegin.toString()).out())
                .contains("refused  reason=accept-missing", "phase=upgrade")
                .doesNotContain("elapsed=", "url=");
    }

    @Test
    void whatTookFourteenSecondsWasNotRefused(@TempDir Path folder) throws IOException {
        Path log = Files.writeString(folder.resolve("device.log"), """
                I (8355) WebSocket: Connecting to wss://gateway.test/xiaozhi/v1/
                E (22245) WebSocket: Failed to connect to server
                """);

        assertThat(CommandLineRun.of("explain", "--log", log.toString()).out())
                .contains("1. tcp-timeout (possible)", "it failed after 13.9 s, and no line says why")
                .doesNotContain("tcp-refused", "how long it took");
    }

    @Test
    void anAcceptThatIsNotFoundMayBeAnyOtherAnswer(@TempDir Path folder) throws IOException {
        Path log = Files.writeString(
                folder.resolve("device.log"), "E (6344) TRANSPORT_WS: Sec-WebSocket-Accept not found\n");

        assertThat(CommandLineRun.of("explain", "--log", log.toString()).out())
                .contains("accept-missing (possible)", "redirected (possible)", "upgrade-refused (possible)")
                .contains("To tell: The status in the next line");
    }

    @Test
    void aLogOfTheReferenceFirmwareIsReadWithItsDictionary(@TempDir Path folder) throws IOException {
        Path log = Files.writeString(folder.resolve("door.uart.log"), """
                D (31) fieldloop: attempt started url=wss://gateway.test/
                D (90) fieldloop: refused reason=tls-eof phase=tls elapsed-ms=59 code=-0x7280
                """);

        assertThat(CommandLineRun.of("explain", "--log", log.toString()).out())
                .contains("refused  reason=tls-eof  code=-0x7280")
                .contains("1. tls-eof ", "fieldloop run 'tls/wss-url-on-plain-port");
    }

    @Test
    void anElfThatNamesNothingIsSaid(@TempDir Path folder) throws IOException {
        Path log = Files.writeString(folder.resolve("a.log"), "I (5) WS: Websocket disconnected\n");
        Path elf = Files.writeString(folder.resolve("a.elf"), "");

        assertThat(CommandLineRun.of("explain", "--log", log.toString(), "--elf", elf.toString())
                        .out())
                .contains("--elf " + elf + " names nothing here: no line is a backtrace.");
    }

    @Test
    void whatIsNoLogIsOneSentence(@TempDir Path folder) throws IOException {
        Path other = Files.writeString(folder.resolve("other.txt"), "Hello\nworld\n");

        assertThat(CommandLineRun.of("explain", "--log", other.toString()).err().strip())
                .isEqualTo("fieldloop: " + other + ": none of its 2 lines tells the dictionary \"xiaozhi-esp32 and"
                        + " ESP-IDF\" of a connection; expected the console of firmware on ESP-IDF, Arduino,"
                        + " ESPHome, Tasmota or MicroPython, or a server's log; or give --dictionary.");
        Path empty = Files.writeString(folder.resolve("empty.log"), "");
        assertThat(CommandLineRun.of("explain", "--log", empty.toString()).err().strip())
                .isEqualTo("fieldloop: " + empty + " is empty; expected a device's console or a server's log.");
        assertThat(CommandLineRun.of("explain", "--log", "no.log").err().strip())
                .isEqualTo("fieldloop: There is no file no.log; give a device's console log.");
        assertThat(CommandLineRun.of("explain", "--log", "no.log", "tls-eof")
                        .err()
                        .strip())
                .isEqualTo("fieldloop: Either a reason or --log; leave one of them out.");
        assertThat(CommandLineRun.of("explain", "--dictionary", "my.yaml").err().strip())
                .isEqualTo("fieldloop: --dictionary is for a log; add --log FILE, or leave it out.");
        assertThat(CommandLineRun.of("explain", "--elf", "my.elf").err().strip())
                .isEqualTo("fieldloop: --elf is for a log; add --log FILE, or leave it out.");
    }

    @Test
    void aDictionaryThatIsNoYamlIsToldAsAScenarioIs(@TempDir Path folder) throws IOException {
        Path log = Files.writeString(folder.resolve("a.log"), "I (5) WS: Websocket disconnected\n");
        Path dictionary = Files.writeString(folder.resolve("my.yaml"), "dictionary: a: b\n");
        Path other = Files.writeString(folder.resolve("other.yaml"), "dictionary: mine\nlnies: []\n");

        assertThat(CommandLineRun.of("explain", "--log", log.toString(), "--dictionary", dictionary.toString())
                        .err())
                .isEqualTo("fieldloop: " + dictionary
                        + ":1:14: has a second colon; put a text with \": \" in it in quotes.\n");
        assertThat(CommandLineRun.of("explain", "--log", log.toString(), "--dictionary", other.toString())
                        .err())
                .startsWith("fieldloop: " + other + ":2: top level: unknown key 'lnies', expected one of ");
        assertThat(CommandLineRun.of(
                                "explain",
                                "--log",
                                log.toString(),
                                "--dictionary",
                                dictionary.toString(),
                                "--lang",
                                "zh")
                        .err())
                .isEqualTo("fieldloop: " + dictionary + ":1:14: 这一行有第二个冒号；含 \": \" 的文本请加引号。\n");
    }

    @Test
    void numbersAndMadeScenariosAreInTheLanguage(@TempDir Path folder) throws IOException {
        Path log = Files.writeString(
                folder.resolve("a.log"), "E (900) esp-tls-mbedtls: mbedtls_ssl_handshake returned -0x2700\n");
        Path made = folder.resolve("made.yaml");

        assertThat(CommandLineRun.of("explain", "-0x2700", "--lang", "zh").out())
                .startsWith("-0x2700 是 MBEDTLS_ERR_X509_CERT_VERIFY_FAILED（mbedTLS）：证书被拒绝；原因看后面的 ");
        CommandLineRun explained =
                CommandLineRun.of("explain", "--log", log.toString(), "--lang", "zh", "--scenario", made.toString());
        assertThat(explained.exitCode()).as(explained.err()).isZero();
        assertThat(made).content().startsWith("# 根据 " + log + " 生成：").contains("，按日志复现\"\n", "# 原因本身\n");
        assertThat(CommandLineRun.of("check", made.toString()).exitCode()).isZero();
        Path picture = Files.write(folder.resolve("a.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        assertThat(CommandLineRun.of("explain", "--log", picture.toString(), "--lang", "zh")
                        .err())
                .isEqualTo("fieldloop: " + picture + " 不是日志，而是图片（PNG），请复制控制台的文字。\n");
    }

    @Test
    void answersNumbersAsTheyArePrinted() {
        assertThat(CommandLineRun.of("explain", "-0x2700").out())
                .startsWith("-0x2700 is MBEDTLS_ERR_X509_CERT_VERIFY_FAILED (mbedTLS)")
                .contains("certificate-name-mismatch: ", "fieldloop run 'tls/wrong-name'");
        assertThat(CommandLineRun.of("explain", "0x8006").out()).contains("tcp-timeout: ", "tls-timeout: ");
        assertThat(CommandLineRun.of("explain", "32774").out())
                .contains("0x8006 is ESP_ERR_ESP_TLS_CONNECTION_TIMEOUT");
        assertThat(CommandLineRun.of("explain", "code=32774").out())
                .contains("0x8006 is ESP_ERR_ESP_TLS_CONNECTION_TIMEOUT");
        assertThat(CommandLineRun.of("explain", "errno: 104").out()).contains("ECONNRESET");
        assertThat(CommandLineRun.of("explain", "403").out()).startsWith("403 is Forbidden (HTTP status)");
        assertThat(CommandLineRun.of("explain", "--logg").err().strip())
                .isEqualTo("fieldloop: '--logg' is neither an option nor a number that is known; see `fieldloop explain"
                        + " --help`.");
    }

    @Test
    void answersAFinerCauseAndALineOrAPartOfIt() {
        assertThat(CommandLineRun.of("explain", "uart-backlog").out()).startsWith("uart-backlog: The serial line");
        assertThat(CommandLineRun.of("explain", "mstshash").out())
                .startsWith("In a server's log it says rdp-scan.")
                .contains("rdp-scan: the gateway's reason to refuse");
        assertThat(CommandLineRun.of("explain", "E (7795) esp-tls: mbedtls_ssl_handshake returned -0x10")
                        .out())
                .contains("1. heap-exhausted (certain)");
    }

    @Test
    void aDiagnosisAsJson(@TempDir Path folder) throws IOException {
        Path log = Files.writeString(folder.resolve("device.log"), "E (12) EspSsl: SSL receive failed: -76\n");

        assertThat(CommandLineRun.of("explain", "--json", "--log", log.toString())
                        .out())
                .contains("\"cause\" : \"connection-lost\"", "\"place\" : \"line 1\"");
    }

    @Test
    void aServersLogBecomesAPageWithAPicture(@TempDir Path folder) throws IOException {
        Path log = Files.writeString(folder.resolve("access.log"), """
                198.51.100.9 - - [01/Mar/2026:08:11:02 +0000] "\\x03\\x00\\x00 mstshash=<b>" 400 157 "-" "-"
                198.51.100.9 - - [01/Mar/2026:09:11:02 +0000] "GET /.env HTTP/1.1" 404 157 "-" "-"
                """);
        Path page = folder.resolve("page.html");

        assertThat(CommandLineRun.of("explain", "--log", log.toString(), "--html", page.toString())
                        .exitCode())
                .isZero();
        assertThat(Files.readString(page))
                .contains("<svg ", "<title>2026-03-01 08h: rdp-scan 1</title>", "2026-03-01 08h to 2026-03-01 09h")
                .contains("mstshash=&lt;b&gt;")
                .doesNotContain("<b>");
    }

    @Test
    void writesAScenarioThatEndsAlike(@TempDir Path folder) throws IOException {
        Path log = Files.writeString(
                folder.resolve("device.log"),
                "E (12) EspSsl: Failed to connect to voice.example.com:443, code=0x8001\n");
        Path made = folder.resolve("made.yaml");

        assertThat(CommandLineRun.of("explain", "--log", log.toString(), "--scenario", made.toString())
                        .exitCode())
                .isZero();
        assertThat(made).content().contains("reason: dns-failure", "#   line 1: E (12) EspSsl: Failed to connect");
    }

    @Test
    void namesTheReasonsOfAClass() {
        assertThat(CommandLineRun.of("explain", "oversize").out())
                .contains("Class oversize holds header-too-large, packet-too-large, too-many-headers.");
    }

    @Test
    void listsAllWithALineEach() {
        CommandLineRun run = CommandLineRun.of("explain");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("  tls-eof ", "  rdp-scan ", "  keepalive-ping-timeout ");
    }

    @Test
    void whatFollowsFromTheTimesOfALogIsToldInTheLanguage(@TempDir Path folder) throws IOException {
        Path log = Files.writeString(folder.resolve("console.log"), """
                I (1010) WS: Connecting to websocket server: wss://gateway.test/xiaozhi/v1/ with version: 1
                E (11040) WS: Failed to connect to websocket server
                """);

        assertThat(CommandLineRun.of("explain", "--log", log.toString(), "--lang", "zh")
                        .out())
                .contains(
                        "tcp-timeout (很可能): ",
                        "第 2 行: E (11040)",
                        "10.0 s 之后：是连接和 TLS 的时限（10 秒）；是沉默，不是拒绝",
                        "按时间顺序",
                        "尝试 1 次");
    }

    @Test
    void suggestsWhatWasProbablyMeant() {
        CommandLineRun typing = CommandLineRun.of("explain", "certificate-expried");
        CommandLineRun part = CommandLineRun.of("explain", "certificate");

        assertThat(typing.exitCode()).isEqualTo(2);
        assertThat(typing.err().strip())
                .isEqualTo("fieldloop: 'certificate-expried' is no reason; did you mean certificate-expired?");
        assertThat(part.err()).contains("did you mean certificate-expired, certificate-not-yet-valid,");
        assertThat(CommandLineRun.of("explain", "99999").err()).contains("'99999' is no number that is known");
    }
}
