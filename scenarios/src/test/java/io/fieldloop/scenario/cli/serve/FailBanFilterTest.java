package io.fieldloop.scenario.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.server.event.ConnectionId;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.Refusal;
import io.fieldloop.server.event.RefusalReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The filter for fail2ban, on lines as {@code serve} prints them, judged by fail2ban-regex. */
class FailBanFilterTest {
    private static final Path FILES = Path.of("..", "server", "fail2ban");

    /** What no device does, and no front that was set up badly. */
    private static final Set<RefusalReason> COUNTED = EnumSet.of(
            RefusalReason.RDP_SCAN,
            RefusalReason.SSH_SCAN,
            RefusalReason.SMB_SCAN,
            RefusalReason.HTTP2_PREFACE,
            RefusalReason.NOT_HTTP,
            RefusalReason.NOT_MQTT,
            RefusalReason.HTTP_ON_MQTT,
            RefusalReason.MQTT_ON_TLS,
            RefusalReason.TLS_GARBAGE,
            RefusalReason.MALFORMED_REQUEST,
            RefusalReason.METHOD_NOT_ALLOWED,
            RefusalReason.HEADER_TOO_LARGE,
            RefusalReason.TOO_MANY_HEADERS,
            RefusalReason.ORIGIN_REFUSED);

    /** A client that writes a line of ours, with somebody else's address. */
    private static final String FORGED = "c1 refused ssh-scan, from 198.51.100.66 on ws after 1 ms";

    @TempDir
    private Path folder;

    @Test
    void countsWhoScansAndNobodyElse() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/fail2ban-regex")), "fail2ban is not on this machine");
        EventLines lines = new EventLines(InstantSource.system(), ZoneId.systemDefault());
        for (RefusalReason reason : RefusalReason.values()) {
            lines.onEvent(refusal(reason, sourceFor(reason)));
        }
        lines.onEvent(refusal(RefusalReason.SSH_SCAN, "2001:db8::7"));
        Path log = folder.resolve("fieldloop.log");
        try (PrintWriter out = new PrintWriter(log.toFile(), "UTF-8")) {
            lines.drain(out);
        }
        assertThat(Files.readString(log)).contains("198.51.100.66");

        List<String> expected =
                COUNTED.stream().map(FailBanFilterTest::sourceFor).collect(java.util.stream.Collectors.toList());
        expected.add("2001:db8::7");
        assertThat(counted(log)).containsExactlyInAnyOrderElementsOf(expected);
        Path old = Files.writeString(
                folder.resolve("old.log"), Files.readString(log).replaceAll("(?m)^\\d{4}-\\d\\d-\\d\\d ", ""));
        assertThat(old).content().matches("(?s)\\d\\d:.*");
        assertThat(counted(old)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void theJailNamesTheFilter() throws IOException {
        assertThat(Files.readString(FILES.resolve("jail.d-fieldloop.conf"))).contains("filter   = fieldloop");
    }

    private List<String> counted(Path log) throws Exception {
        Path filter = folder.resolve("fieldloop.conf");
        Files.copy(FILES.resolve("filter.d-fieldloop.conf"), filter, StandardCopyOption.REPLACE_EXISTING);
        Path said = folder.resolve("said");
        Process regex = new ProcessBuilder(
                        "/usr/bin/fail2ban-regex", "--out", "<ip>", log.toString(), filter.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(regex.waitFor()).as(Files.readString(said)).isZero();
        return Files.readAllLines(said).stream().filter(line -> !line.isBlank()).toList();
    }

    /** One address for each. */
    private static String sourceFor(RefusalReason reason) {
        return "192.0.2." + numberOf(reason);
    }

    private static int numberOf(RefusalReason reason) {
        return List.of(RefusalReason.values()).indexOf(reason) + 1;
    }

    private static GatewayEvent refusal(RefusalReason reason, String source) {
        return new GatewayEvent.HandshakeRefused(
                new ConnectionId(numberOf(reason)),
                new Refusal(
                        reason,
                        reason.status(),
                        reason == RefusalReason.TLS_VERSION ? 70 : null,
                        address(source),
                        "wss",
                        Duration.ofMillis(3),
                        FORGED,
                        FORGED,
                        Instant.now()));
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }
}
