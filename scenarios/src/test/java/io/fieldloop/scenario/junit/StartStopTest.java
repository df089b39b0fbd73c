package io.fieldloop.scenario.junit;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.fieldloop.server.fault.HelloFault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

final class StartStopTest {
    @Test
    void testWhoseFaultWasNeverReachedFails() {
        assertThat(outcomes(FaultNobodyMeets.class).get("knocksAndLeaves(FieldRun)"))
                .hasValueSatisfying(
                        failure -> assertThat(failure)
                                .hasMessage(
                                        "The fault omit-hello never acted, so this test shows nothing about it: no connection came as far as that."));
    }

    @Test
    void partInAStaticFieldOutlivesATest() {
        Map<String, Optional<Throwable>> outcomes = outcomes(SharedGateway.class);

        assertThat(outcomes).containsOnlyKeys("first(FieldRun)", "second(FieldRun)");
        assertThat(outcomes.values()).allMatch(Optional::isEmpty);
    }

    @Test
    void fieldWithoutAPartIsNamed() {
        assertThat(outcomes(NoPart.class).get("anything()"))
                .hasValueSatisfying(failure -> assertThat(failure).hasMessageContaining("NoPart.word"));
    }

    @Test
    void casesAreTestsOfTheirOwn() {
        assertThat(outcomes(SomeCases.class))
                .containsOnlyKeys(
                        "link/nat-forgets[nat=no-ping]", "link/nat-forgets[nat=ping-every-4s]", "link/packet-loss");
    }

    @Test
    void caseThatFailsSaysWhatCameAndHowToRepeatIt() {
        assertThat(outcomes(FailingCase.class).get("goes-wrong"))
                .hasValueSatisfying(failure -> assertThat(failure)
                        .hasMessageContaining("goes-wrong failed: ")
                        .hasMessageContaining("hello-timeout")
                        .hasMessageContaining("run src/test/resources/junit/goes-wrong.yaml --rig virtual --seed 1"));
    }

    @Test
    void unknownKindIsNoReasonToWait(@TempDir Path folder) {
        try (FieldRun run = new FieldRun(folder)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> run.await("handshake-refusd", ofSeconds(60)))
                    .withMessage("No event is called 'handshake-refusd'; did you mean handshake-refused?");
        }
    }

    @Test
    void worksWithoutJUnit(@TempDir Path folder) {
        try (FieldRun run = new FieldRun(folder);
                FieldGateway gateway = FieldGateway.ws();
                SimDevice door = SimDevice.of("xiaozhi-wifi").to(gateway)) {
            gateway.start(run);
            door.start(run).open();

            assertThat(run.journal()).anyMatch(entry -> entry.kind().equals("upgraded"));
            assertThat(run.keep()).isDirectoryContaining("glob:**/journal.jsonl");
        }
    }

    private static Map<String, Optional<Throwable>> outcomes(Class<?> tests) {
        Map<String, Optional<Throwable>> outcomes = new LinkedHashMap<>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(tests))
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                if (test.isTest()) {
                                    outcomes.put(test.getDisplayName(), result.getThrowable());
                                }
                            }
                        });
        return outcomes;
    }

    static final class FaultNobodyMeets {
        @StartStop
        final FieldGateway gateway = FieldGateway.ws().bentBy(new HelloFault.OmitHello());

        @Test
        void knocksAndLeaves(FieldRun run) throws IOException {
            knock(gateway);
            run.await("connection-opened", ofSeconds(10));
        }
    }

    static final class SharedGateway {
        @StartStop
        static final FieldGateway gateway = FieldGateway.ws();

        private static final List<String> URLS = new ArrayList<>();

        @Test
        void first(FieldRun run) throws IOException {
            knockAndSee(run);
        }

        @Test
        void second(FieldRun run) throws IOException {
            knockAndSee(run);
        }

        private static void knockAndSee(FieldRun run) throws IOException {
            URLS.add(gateway.url());
            assertThat(URLS).containsOnly(gateway.url());
            assertThat(run.journal())
                    .as("what happened before is another test's")
                    .isEmpty();
            knock(gateway);
            run.await("handshake-refused", ofSeconds(10));
        }
    }

    static final class NoPart {
        @StartStop
        final String word = "gateway";

        @Test
        void anything() {}
    }

    static final class SomeCases {
        @FieldScenario({"link/nat-forgets", "link/packet-loss"})
        void holds(ScenarioCase scenario) {
            scenario.assertPasses();
        }
    }

    static final class FailingCase {
        @FieldScenario("src/test/resources/junit/goes-wrong.yaml")
        void holds(ScenarioCase scenario) {
            scenario.assertPasses();
        }
    }

    private static void knock(FieldGateway gateway) throws IOException {
        new Socket(InetAddress.getLoopbackAddress(), URI.create(gateway.url()).getPort()).close();
    }
}
