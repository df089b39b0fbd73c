package io.fieldloop.scenario.adversary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.fieldloop.scenario.adversary.AdversaryEvent.AttackBegan;
import io.fieldloop.scenario.adversary.AdversaryEvent.AttackEnded;
import io.fieldloop.scenario.adversary.AdversaryEvent.ConnectFailed;
import io.fieldloop.scenario.adversary.AdversaryEvent.ProbeEnded;
import io.fieldloop.scenario.adversary.AdversaryEvent.ProbeSent;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AdversaryTest {
    private static final String FORBIDDEN = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";

    @Test
    void keepsItsRateExactlyInVirtualTime() throws Exception {
        try (VirtualGateway gateway = new VirtualGateway(FORBIDDEN, Duration.ofSeconds(10))) {
            AttackSummary summary = gateway.attack(AttackPlans.of("rdp-mstshash")
                    .ratePerSecond(20)
                    .time(Duration.ofSeconds(30))
                    .build());

            assertThat(summary.sent()).isEqualTo(600);
            assertThat(summary.answered()).isEqualTo(600);
            assertThat(summary.withheld()).isZero();
            List<Long> times = gateway.events.timesOf(ProbeSent.class);
            for (int i = 0; i < times.size(); i++) {
                assertThat(times.get(i)).as("probe %d", i).isCloseTo(i * 50_000_000L, within(1_000L));
            }
        }
    }

    @Test
    void tellsWhatItSentAndWhatCameBack() throws Exception {
        try (VirtualGateway gateway = new VirtualGateway(FORBIDDEN, Duration.ofSeconds(10))) {
            gateway.attack(AttackPlans.of("rdp-mstshash").sources(3).count(4).build());

            assertThat(gateway.events.of(AttackBegan.class))
                    .containsExactly(new AttackBegan("rdp-mstshash", "ws", 1, 4, 3));
            assertThat(gateway.events.of(ProbeSent.class))
                    .extracting(ProbeSent::bytes)
                    .containsOnly(47L);
            assertThat(gateway.events.of(ProbeEnded.class))
                    .extracting(
                            ProbeEnded::answer,
                            ProbeEnded::closedBy,
                            ended -> ended.source().getHostAddress())
                    .containsExactly(
                            tuple("403", ClosedBy.GATEWAY, "127.66.0.1"),
                            tuple("403", ClosedBy.GATEWAY, "127.66.0.2"),
                            tuple("403", ClosedBy.GATEWAY, "127.66.0.3"),
                            tuple("403", ClosedBy.GATEWAY, "127.66.0.1"));
            assertThat(gateway.events.of(AttackEnded.class)).hasSize(1);
            assertThat(gateway.received)
                    .hasSize(4)
                    .allSatisfy(bytes -> assertThat(bytes)
                            .startsWith("0300002f2ae00000000000")
                            .hasSize(2 * 47));
        }
    }

    @Test
    void namesATlsAlertAndUnknownBytes() throws Exception {
        try (VirtualGateway gateway = new VirtualGateway("\u0015\u0003\u0003\0\u0002\u0002F", Duration.ofSeconds(10))) {
            gateway.attack(AttackPlans.of("http-get").listener("wss").build());
            assertThat(gateway.events.of(ProbeEnded.class))
                    .extracting(ProbeEnded::answer)
                    .containsExactly("alert 70");
        }
        try (VirtualGateway gateway = new VirtualGateway("+OK\r\n\u0001", Duration.ofSeconds(10))) {
            gateway.attack(AttackPlans.of("http-get").build());
            assertThat(gateway.events.of(ProbeEnded.class))
                    .extracting(ProbeEnded::answer)
                    .containsExactly("+OK\\r\\n\\x01");
        }
    }

    @Test
    void dripsAByteASecondUntilTheGatewayHasEnough() throws Exception {
        try (VirtualGateway gateway = new VirtualGateway("", Duration.ofMillis(10_500))) {
            gateway.attack(AttackPlans.of("slow-drip").build());

            assertThat(gateway.received.get(0).toString()).hasSize(2 * 11).startsWith("474554202f"); // "GET /"
            ProbeEnded ended = gateway.events.of(ProbeEnded.class).get(0);
            assertThat(ended.closedBy()).isEqualTo(ClosedBy.GATEWAY);
            assertThat(ended.answer()).isEqualTo("nothing");
            assertThat(ended.elapsed()).isCloseTo(Duration.ofMillis(10_500), Duration.ofMillis(1));
            assertThat(gateway.events.of(ProbeSent.class))
                    .extracting(ProbeSent::bytes)
                    .containsExactly(11L);
        }
    }

    @Test
    void aDripThatNobodyInterruptsIsAWholeRequestInTheEnd() throws Exception {
        try (VirtualGateway gateway = new VirtualGateway("", Duration.ofHours(1))) {
            gateway.attack(AttackPlans.of("slow-drip").build());

            String request = new String(HexFormat.of().parseHex(gateway.received.get(0)), StandardCharsets.ISO_8859_1);
            assertThat(request).startsWith("GET /xiaozhi/v1/ HTTP/1.1\r\nHost: gateway.test\r\n");
            assertThat(request).endsWith("Upgrade: websocket\r\n\r\n").doesNotContain("$");
            assertThat(gateway.events.of(ProbeEnded.class).get(0).elapsed())
                    .isEqualTo(Duration.ofSeconds(request.length() + 15));
        }
    }

    @Test
    void givesUpOnAGatewayThatNeverCloses() throws Exception {
        try (VirtualGateway gateway = new VirtualGateway("", Duration.ofHours(1))) {
            AttackSummary summary =
                    gateway.attack(AttackPlans.of("connect-only").build());

            assertThat(summary.overstayed()).isEqualTo(1);
            assertThat(gateway.events.of(ProbeEnded.class))
                    .extracting(ProbeEnded::closedBy, ProbeEnded::elapsed)
                    .containsExactly(tuple(ClosedBy.DEADLINE, Duration.ofSeconds(15)));
        }
    }

    @Test
    void neverHasMoreConnectionsOpenThanAllowedAndLosesNone() throws Exception {
        try (VirtualGateway gateway = new VirtualGateway("", Duration.ofSeconds(2))) {
            AttackSummary summary = gateway.attack(AttackPlans.of("connect-only")
                    .ratePerSecond(100)
                    .count(40)
                    .connectionsMax(10)
                    .build());

            assertThat(gateway.openMax).isEqualTo(10);
            assertThat(summary.sent()).isEqualTo(40);
            assertThat(summary.elapsed()).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(9));
        }
    }

    @Test
    void withholdsWhatCouldNotBeSentInTime() throws Exception {
        try (VirtualGateway gateway = new VirtualGateway("", Duration.ofSeconds(5))) {
            AttackSummary summary = gateway.attack(AttackPlans.of("connect-only")
                    .ratePerSecond(10)
                    .time(Duration.ofSeconds(2))
                    .connectionsMax(5)
                    .build());

            assertThat(summary.sent()).isEqualTo(5);
            assertThat(summary.withheld()).isEqualTo(15);
        }
    }

    @Test
    void theSameSeedGivesTheSameEventsAndBytes() throws Exception {
        assertThat(transcript(7)).isEqualTo(transcript(7)).isNotEqualTo(transcript(8));
    }

    private static List<String> transcript(long seed) throws Exception {
        try (VirtualGateway gateway = new VirtualGateway(FORBIDDEN, Duration.ofSeconds(10))) {
            AttackPlan plan = AttackPlans.of("internet-background")
                    .ratePerSecond(50)
                    .count(200)
                    .sources(20)
                    .build();
            VirtualGateway.finish(gateway.adversary(plan, seed).start());
            List<String> transcript =
                    gateway.received.stream().map(StringBuilder::toString).collect(Collectors.toList());
            transcript.addAll(gateway.events.lines());
            return transcript;
        }
    }

    @Test
    void everyProbeOfTheCatalogueEndsAndLeavesNoConnectionOpen() throws Exception {
        List<String> forWebSocketPorts = VirtualGateway.CATALOGUE.names().stream()
                .filter(name -> !name.matches("mqtt-.+|voice-.+|ota-.+|.+-over-udp") || name.equals("mqtt-connect"))
                .toList();
        for (String probe : forWebSocketPorts) {
            try (VirtualGateway gateway = new VirtualGateway("", Duration.ofSeconds(12))) {
                AttackSummary summary =
                        gateway.attack(AttackPlans.of(probe).count(3).build());
                assertThat(summary.sent()).as(probe).isEqualTo(3);
                assertThat(summary.overstayed()).as(probe).isZero();
            }
        }
    }

    @Test
    void stopEndsOpenConnectionsAndLaunchesNoMore() throws Exception {
        try (VirtualGateway gateway = new VirtualGateway("", Duration.ofHours(1))) {
            Adversary adversary = gateway.adversary(
                    AttackPlans.of("connect-only").ratePerSecond(10).count(100).build(), 1);
            CompletableFuture<AttackSummary> attack = gateway.loop
                    .submit(() -> {
                        gateway.loop.schedule(adversary::stop, 1_050, TimeUnit.MILLISECONDS);
                        return adversary.start();
                    })
                    .get();
            AttackSummary summary = VirtualGateway.finish(attack);

            assertThat(summary.launched()).isEqualTo(11);
            assertThat(summary.withheld()).isEqualTo(89);
            assertThat(gateway.events.of(ProbeEnded.class))
                    .hasSize(11)
                    .extracting(ProbeEnded::closedBy)
                    .containsOnly(ClosedBy.STOP);
        }
    }

    @Test
    void recordsAConnectionThatCannotBeMade() throws Exception {
        try (VirtualGateway gateway = new VirtualGateway("", Duration.ofHours(1))) {
            ProbeDialer nobody = (source, listener, pipeline) -> new Bootstrap()
                    .group(gateway.loop)
                    .channel(LocalChannel.class)
                    .handler(pipeline)
                    .connect(new LocalAddress("nobody"));
            AttackSummary summary = VirtualGateway.finish(new Adversary(
                            AttackPlans.of("http-get").count(2).build(),
                            VirtualGateway.CATALOGUE,
                            new AdversaryRuntime(gateway.loop, nobody, new SplittableRandom(1)),
                            gateway.events)
                    .start());

            assertThat(summary.connectFailed()).isEqualTo(2);
            assertThat(summary.sent()).isZero();
            assertThat(gateway.events.of(ConnectFailed.class))
                    .extracting(ConnectFailed::reason)
                    .containsOnly(ConnectFailure.TCP_REFUSED);
        }
    }

    @Test
    void abandonsAConnectionThatIsNeverMade() throws Exception {
        try (VirtualGateway gateway = new VirtualGateway("", Duration.ofHours(1))) {
            ProbeDialer never = (source, listener, pipeline) -> {
                LocalChannel channel = new LocalChannel();
                gateway.loop.register(channel);
                return channel.newPromise();
            };
            AttackSummary summary = VirtualGateway.finish(new Adversary(
                            AttackPlans.of("http-get").build(),
                            VirtualGateway.CATALOGUE,
                            new AdversaryRuntime(gateway.loop, never, new SplittableRandom(1)),
                            gateway.events)
                    .start());

            assertThat(summary.connectFailed()).isEqualTo(1);
            assertThat(gateway.events.of(ConnectFailed.class))
                    .extracting(ConnectFailed::reason)
                    .containsExactly(ConnectFailure.TCP_TIMEOUT);
        }
    }

    @Test
    void aDialerThatThrowsIsAFailedConnection() throws Exception {
        try (VirtualGateway gateway = new VirtualGateway("", Duration.ofHours(1))) {
            ProbeDialer broken = (source, listener, pipeline) -> {
                throw new IllegalStateException("no such listener");
            };
            CompletableFuture<AttackSummary> attack = new Adversary(
                            AttackPlans.of("http-get").build(),
                            VirtualGateway.CATALOGUE,
                            new AdversaryRuntime(gateway.loop, broken, new SplittableRandom(1)),
                            gateway.events)
                    .start();
            assertThat(VirtualGateway.finish(attack).connectFailed()).isEqualTo(1);
        }
    }

    @Test
    void sendsNothingToAnAddressThePolicyDoesNotAllow() throws Exception {
        try (VirtualGateway gateway = new VirtualGateway("", Duration.ofHours(1))) {
            List<EmbeddedChannel> dialled = new ArrayList<>();
            ProbeDialer careless = (source, listener, pipeline) -> {
                // The address of an EmbeddedChannel is neither loopback nor local.
                EmbeddedChannel channel = new EmbeddedChannel(pipeline);
                dialled.add(channel);
                return channel.newSucceededFuture();
            };
            CompletableFuture<AttackSummary> attack = new Adversary(
                            AttackPlans.of("http-get")
                                    .ratePerSecond(10)
                                    .count(5)
                                    .build(),
                            VirtualGateway.CATALOGUE,
                            new AdversaryRuntime(gateway.loop, careless, new SplittableRandom(1)),
                            gateway.events)
                    .start();

            assertThatThrownBy(() -> VirtualGateway.finish(attack))
                    .hasCauseInstanceOf(AdversaryConfigException.class)
                    .hasMessageContaining("adversaries send only to loopback");
            gateway.loop.submit(() -> {}).get(); // the turn in which it was dialled is over
            assertThat(dialled).singleElement().satisfies(channel -> {
                assertThat(channel.outboundMessages()).isEmpty();
                assertThat(channel.isOpen()).isFalse();
            });
            assertThat(gateway.events.of(ConnectFailed.class))
                    .extracting(ConnectFailed::reason)
                    .containsExactly(ConnectFailure.TARGET_REFUSED);
        }
    }

    @Test
    void aPlanBeyondTheCapsIsRefusedInOneSentence() {
        assertThatThrownBy(() -> AttackPlans.of("http-get").ratePerSecond(0).build())
                .hasMessage("\"rate\" is 0/s, it must be above 0 and at most 20000/s");
        assertThatThrownBy(() -> AttackPlans.of("http-get").listener("tcp").build())
                .hasMessage("\"to\" is tcp, it must be ws, wss, mqtt, mqtts, ota or udp");
        assertThatThrownBy(() -> AttackPlans.of("http-get").count(5_000).build())
                .hasMessageContaining("done within 1h at 1/s");
        assertThatThrownBy(() -> AttackPlans.of("http-get")
                        .ratePerSecond(20_000)
                        .time(Duration.ofHours(1))
                        .build())
                .hasMessageContaining("at most 1000000 connections in all");
        assertThatThrownBy(() -> AttackPlans.of("http-get").sources(70_000).build())
                .isInstanceOf(AdversaryConfigException.class);
    }
}
