package io.fieldloop.scenario.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Hostile traffic over real sockets leaves nothing behind in the process that played both sides. */
@Isolated("it counts what belongs to the whole process")
final class BaseLineTest {
    private static final int DESCRIPTORS_SLACK = 4;
    private static final long HEAP_SLACK_BYTES = 16L << 20;

    private static final String FLOOD = """
            scenario: A flood, half of it at the TLS port
            gateway:
              limits: { refusals-per-source: 10/10s, ban: 1s, first-byte: 500ms, tls-handshake: 500ms, request: 500ms }
            devices:
              door: {}
            adversaries:
              plain: { probe: upgrade-flood, rate: 500/s, count: 1000, sources: 50 }
              tls: { probe: internet-background, rate: 200/s, count: 400, sources: 100, to: wss }
            steps:
              - connect: door
              - attack: all
              - talk: { devices: door, speech: 300ms }
            expect:
              - { event: attack-ended, count: 2, within: 20s }
              - { device: door, is: talked }
              - { never: { device: door, is: offline } }
            """;

    @Test
    void descriptorsAndHeapAreBackAfterAFlood() {
        assumeTrue(
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean,
                "this system does not count file descriptors");
        flood();
        long descriptorsBefore = descriptors();
        long heapBefore = heapBytes();
        flood();
        flood();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(descriptors()).isLessThanOrEqualTo(descriptorsBefore + DESCRIPTORS_SLACK));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(heapBytes()).isLessThan(heapBefore + HEAP_SLACK_BYTES));
    }

    private static void flood() {
        SuiteCase one = SuiteFiles.cases("flood.yaml", FLOOD).get(0);
        ScenarioResult result = SuiteFiles.run(one, RigKind.SOCKET);
        assertThat(result.verdict()).as(SuiteFiles.whatFailed(result)).isEqualTo(Verdict.PASSED);
    }

    private static long descriptors() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    private static long heapBytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
