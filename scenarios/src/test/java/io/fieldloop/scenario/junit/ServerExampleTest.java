package io.fieldloop.scenario.junit;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.TurnOutcome;
import org.junit.jupiter.api.Test;

/** The README's example of a server under test: it is our own gateway here. */
final class ServerExampleTest {
    @StartStop
    static final FieldGateway server = FieldGateway.wss();

    @StartStop
    final SimDevice door = SimDevice.of("esp-idf-websocket")
            .named("door")
            .over("cat1-typical")
            .to(server::url)
            .trusting(server::root);

    @Test
    void answersADeviceOn4G(FieldRun run) {
        assertThat(door.open()).isInstanceOf(ConnectOutcome.Online.class);
        assertThat(door.talk(ofSeconds(1))).isInstanceOf(TurnOutcome.Completed.class);
        run.await("upgraded", ofSeconds(1));
    }

    @FieldScenario("link/promotion-delay")
    void holdsAgainstTheSuite(ScenarioCase scenario) {
        scenario.against(server.url(), server.root()).assertPasses();
    }
}
