package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.FrozenGateway.Client;
import io.fieldloop.server.connection.LimitsConfig;
import io.fieldloop.server.connection.Rate;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.RefusalClass;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.fault.UpgradeFault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one source, and all of them together, may do to a hardened gateway. */
class LimitsTest {
    private static final String SCANNER = "198.51.100.9";

    @Test
    void bansASourceWithTooManyRefusalsForAWhileAndNobodyElse() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            scan(gateway, 20);

            Client banned = gateway.connect(SCANNER).send(Requests.upgrade().text());
            assertThat(banned.text())
                    .startsWith("HTTP/1.1 429 ")
                    .contains("\r\nRetry-After: 60\r\n")
                    .contains("rate-limited");
            assertThat(gateway.connect().send(Requests.upgrade().text()).text()).startsWith("HTTP/1.1 101 ");
            assertThat(gateway.events().only(GatewayEvent.SourceBanned.class).attributes())
                    .containsEntry("source", SCANNER)
                    .containsEntry("for", Duration.ofSeconds(60));

            gateway.advance(Duration.ofSeconds(60));
            gateway.events().only(GatewayEvent.SourceBanExpired.class);
            assertThat(gateway.connect(SCANNER).send(Requests.upgrade().text()).text())
                    .startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void aBanDoesNotBindAnAddressFromWhichADeviceSaidHelloLately() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            gateway.connect(SCANNER).send(Requests.upgrade().text()).send(hello());
            scan(gateway, 30);
            gateway.events().only(GatewayEvent.SourceBanned.class);

            assertThat(gateway.connect(SCANNER).send(Requests.upgrade().text()).text())
                    .startsWith("HTTP/1.1 101 ");
            assertThat(gateway.state().connections().ledger().countsByReason())
                    .containsEntry(RefusalReason.SSH_SCAN, 30L);

            gateway.advance(Duration.ofDays(1));
            scan(gateway, 20);
            assertThat(gateway.connect(SCANNER).send(Requests.upgrade().text()).text())
                    .startsWith("HTTP/1.1 429 ");
        }
    }

    @Test
    void itsOwnFailuresBanNobody() {
        Fault defect = new Fault(new UpgradeFault.ThrowBeforeResponse(), 1, 100);
        try (FrozenGateway gateway = new FrozenGateway(config -> config.fault(defect))) {
            for (int i = 0; i < 100; i++) {
                gateway.connect().send(Requests.upgrade().text());
            }
            assertThat(gateway.events().kinds()).doesNotContain("source-banned");
            assertThat(gateway.connect().send(Requests.upgrade().text()).text()).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void doesNotBanASourceThatStaysUnderTheRate() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            for (int i = 0; i < 60; i++) {
                scan(gateway, 1);
                gateway.advance(Duration.ofMillis(600));
            }
            assertThat(gateway.events().kinds()).doesNotContain("source-banned");
        }
    }

    @Test
    void refusesTheConnectionOverTheCapAndTakesItWhenOneHasLeft() {
        LimitsConfig limits = LimitsConfig.builder().connectionsPerSource(2).build();
        try (FrozenGateway gateway = new FrozenGateway(config -> config.limits(limits))) {
            String request = Requests.upgrade().text();
            Client first = gateway.connect().send(request);
            gateway.connect().send(request);

            assertThat(gateway.connect().send(request).text())
                    .startsWith("HTTP/1.1 429 ")
                    .contains("too-many-connections");
            first.leave();
            assertThat(gateway.connect().send(request).text()).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void raisesOneAlarmPerClassAndClearsItWhenTheFloodIsOver() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            for (int i = 0; i < 30; i++) {
                gateway.connect("198.51.100." + i).send("SSH-2.0-scan\r\n");
                gateway.advance(Duration.ofMillis(50));
            }
            assertThat(gateway.events().only(GatewayEvent.AlarmRaised.class).attributes())
                    .containsEntry("class", "ssh-scan")
                    .containsEntry("per-second", 10.0);
            assertThat(gateway.state().connections().ledger().alarms()).containsExactly(RefusalClass.SSH_SCAN);
            gateway.advance(Duration.ofSeconds(3));
            assertThat(gateway.events().only(GatewayEvent.AlarmCleared.class).refusalClass())
                    .isEqualTo(RefusalClass.SSH_SCAN);
            assertThat(gateway.state().connections().ledger().alarms()).isEmpty();
        }
    }

    @Test
    void summarisesWhatOneSourceRepeatsAndStillCountsAll() {
        LimitsConfig limits = LimitsConfig.builder()
                .refusalsPerSource(new Rate(10_000, Duration.ofSeconds(1)))
                .connectionsPerSource(10_000)
                .build();
        try (FrozenGateway gateway = new FrozenGateway(config -> config.limits(limits))) {
            scan(gateway, 300);
            gateway.advance(Duration.ofSeconds(10));

            assertThat(gateway.events().of(GatewayEvent.HandshakeRefused.class)).hasSize(50);
            assertThat(gateway.events()
                            .only(GatewayEvent.RefusalsSummarised.class)
                            .attributes())
                    .containsEntry("class", "ssh-scan")
                    .containsEntry("source", SCANNER)
                    .containsEntry("repeats", 250L);
            assertThat(gateway.state().connections().ledger().countsByReason())
                    .containsEntry(RefusalReason.SSH_SCAN, 300L);
            assertThat(gateway.state().connections().ledger().latest()).hasSize(50);
        }
    }

    @Test
    void remembersNoMoreSourcesThanAllowed() {
        LimitsConfig limits =
                LimitsConfig.builder().sourcesMax(100).refusalsKept(10).build();
        try (FrozenGateway gateway = new FrozenGateway(config -> config.limits(limits))) {
            for (int i = 0; i < 1000; i++) {
                gateway.connect("10.0." + (i / 256) + "." + (i % 256)).send("SSH-2.0-scan\r\n");
            }
            assertThat(gateway.state().connections().sourcesRemembered()).isLessThanOrEqualTo(101);
            assertThat(gateway.state().connections().ledger().latest()).hasSize(10);
            assertThat(gateway.state().connections().ledger().total()).isEqualTo(1000);
        }
    }

    private static byte[] hello() {
        return Frames.masked(1, FrozenDevice.hello(1).getBytes(StandardCharsets.UTF_8));
    }

    private static void scan(FrozenGateway gateway, int times) {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            clients.add(gateway.connect(SCANNER).send("SSH-2.0-scan\r\n"));
        }
        assertThat(clients).allMatch(Client::closed);
    }
}
