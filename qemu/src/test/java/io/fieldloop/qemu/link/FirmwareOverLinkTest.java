package io.fieldloop.qemu.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.qemu.capture.FrameCapture;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The reference firmware's own TCP, DNS and DHCP over the link. */
@Tag("qemu")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class FirmwareOverLinkTest {
    @TempDir
    Path directory;

    @BeforeEach
    void needsFirmwareAndQemu() {
        assumeTrue(Files.exists(FirmwareBench.FIRMWARE), "no reference firmware: make -C qemu/firmware");
        assumeTrue(
                List.of(System.getenv("PATH").split(":", -1)).stream()
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "qemu-system-xtensa"))),
                "qemu-system-xtensa is not installed (Debian, Ubuntu: apt-get install qemu-system-misc)");
    }

    private FirmwareBench online(String... settings) throws Exception {
        FirmwareBench bench = FirmwareBench.linked(directory, RelayBench.profile(settings), null);
        bench.gateway.welcome();
        return bench;
    }

    @Test
    void bringsADeviceOnlineByANameAndAPortThatTheLinkServes() throws Exception {
        try (FirmwareBench bench = online()) {
            assertThat(bench.gateway.ping(new byte[] {1, 2, 3})).containsExactly(1, 2, 3);
            assertThat(bench.kinds()).startsWith("path-opened").doesNotContain("dropped");
        }
    }

    /** RFC 6455, 5.4 forbids no fragment to be empty. */
    @Test
    void bearsAMessageWhoseFirstFragmentIsEmpty() throws Exception {
        try (FirmwareBench bench = online()) {
            bench.gateway.sendBehindAnEmptyFragment(new byte[] {1, 2, 3});
            assertThat(bench.gateway.ping(new byte[] {4})).containsExactly(4);
        }
    }

    @Test
    void fiftyMillisecondsEachWayAreFeltAsAHundred() throws Exception {
        try (FirmwareBench bench = online("delay", "50ms")) {
            long[] nanos = new long[20];
            for (int i = 0; i < nanos.length; i++) {
                nanos[i] = bench.roundTripNanos(16);
            }
            Arrays.sort(nanos);

            assertThat(Duration.ofNanos(nanos[0])).isGreaterThanOrEqualTo(Duration.ofMillis(100));
            // The median on a quiet machine is 101 ms (qemu/README.md); this one may be busy.
            assertThat(Duration.ofNanos(nanos[nanos.length / 2])).isLessThan(Duration.ofMillis(130));
        }
    }

    @Test
    void aLossyLinkRetransmitsAndDamagesNothing() throws Exception {
        try (FirmwareBench bench =
                online("loss", "8%", "delay", "2ms", "reorder", "5%", "duplicate", "5%", "reorder-by", "6ms")) {
            Random random = new Random(5);
            for (int i = 0; i < 60; i++) {
                byte[] payload = new byte[125];
                random.nextBytes(payload);
                assertThat(bench.gateway.ping(payload)).isEqualTo(payload);
            }
            assertThat(bench.kinds()).contains("dropped", "retransmitted");
        }
    }

    @Test
    void resettingEverythingEndsTheConnectionAtBothEnds() throws Exception {
        try (FirmwareBench bench = online()) {
            bench.gateway.ping(new byte[1]);
            FrameLink link = bench.link;
            assertThat(link).isNotNull();

            link.resetAll();

            await().atMost(Duration.ofSeconds(20)).until(() -> isEnded(bench.gateway));
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(bench.console).anyMatch(line -> line.contains("isconnect")));
            assertThat(bench.kinds()).contains("reset", "closed");
        }
    }

    private static boolean isEnded(StubGateway gateway) {
        try {
            gateway.ping(new byte[1]);
            return false;
        } catch (IOException e) {
            return !(e instanceof SocketTimeoutException);
        }
    }

    @Test
    void recordsFramesAndConsoleOfARun() throws Exception {
        Path file = directory.resolve("link.pcapng");
        try (FrameCapture capture = FrameCapture.create(file, Clock.systemUTC(), UnaryOperator.identity())) {
            try (FirmwareBench bench = FirmwareBench.linked(directory, LinkProfile.NONE, capture)) {
                bench.gateway.welcome();
                bench.gateway.ping(new byte[1]);
                assertThat(bench.events).anyMatch(LinkEvent.PathOpened.class::isInstance);
            }
        }
        assertThat(Files.size(file)).isGreaterThan(65_536 + 4_000);
    }
}
