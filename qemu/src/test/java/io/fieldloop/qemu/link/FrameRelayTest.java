package io.fieldloop.qemu.link;

import static io.fieldloop.qemu.link.RelayBench.DEVICE_FIRST;
import static io.fieldloop.qemu.link.RelayBench.GATEWAY_FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.device.link.profile.Outage;
import io.fieldloop.qemu.link.RelayBench.Arrived;
import io.fieldloop.qemu.link.packet.Frame;
import io.fieldloop.qemu.link.packet.TcpSegment;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a frame link's own, in frozen time; what every link does is {@link LinkContract}. */
final class FrameRelayTest extends RelayTest {
    @Test
    void tellsHowLongTheDeviceWaitedForItsConnection() {
        on("delay", "50ms").fromDevice(TcpSegment.SYN, DEVICE_FIRST, 0, "");
        bench.until(50);
        bench.fromGateway(TcpSegment.SYN | TcpSegment.ACK, GATEWAY_FIRST, DEVICE_FIRST + 1, "");
        bench.until(200);

        assertThat(bench.events).containsExactly(new LinkEvent.PathOpened(1, Duration.ofMillis(100)));
    }

    @Test
    void tellsOfARefusedConnection() {
        on("delay", "50ms").fromDevice(TcpSegment.SYN, DEVICE_FIRST, 0, "");
        bench.until(50);
        bench.fromGateway(TcpSegment.RST | TcpSegment.ACK, 0, DEVICE_FIRST + 1, "");
        bench.until(200);

        assertThat(bench.events).containsExactly(new LinkEvent.PathRefused(1, Duration.ofMillis(100)));
    }

    @Test
    void reordersAndDuplicatesOnlyWhenAskedTo() {
        on("delay", "5ms", "reorder", "20%", "duplicate", "20%").opened();
        for (int i = 0; i < 50; i++) {
            bench.deviceSays(i, "" + (char) ('A' + i));
            bench.after(Duration.ofMillis(1));
        }
        bench.after(Duration.ofSeconds(1));

        List<String> arrived = textOf(Direction.UPSTREAM);
        assertThat(arrived).hasSizeBetween(53, 70);
        assertThat(arrived.stream().distinct()).hasSize(50);
        assertThat(arrived).isNotEqualTo(arrived.stream().sorted().toList());
    }

    @Test
    void splitsSegmentsIntoPiecesInTheirTime() {
        on("upstream.split", "2B", "upstream.split-every", "10ms").opened();
        double sent = bench.millis();
        bench.deviceSays(0, "hello");
        bench.deviceSays(5, "!");
        bench.gatewaySays(0, "whole");
        bench.until(sent + 50);

        assertThat(textOf(Direction.DOWNSTREAM)).containsExactly("whole");
        List<Arrived> pieces = bench.arrivals.stream()
                .filter(arrival -> arrival.direction() == Direction.UPSTREAM)
                .toList();
        assertThat(pieces).extracting(Arrived::text).containsExactly("he", "ll", "o", "!");
        assertThat(pieces)
                .extracting(arrival -> arrival.segment().sequence() - DEVICE_FIRST - 1)
                .containsExactly(0, 2, 4, 5);
        assertThat(pieces)
                .extracting(arrival -> arrival.segment().has(TcpSegment.PSH))
                .containsExactly(false, false, true, true);
        assertThat(pieces.subList(0, 3))
                .extracting(arrival -> arrival.millis() - sent)
                .containsExactly(0.0, 10.0, 20.0);
    }

    @Test
    void sameSeedSameFateWhateverElseIsSentInBetween() {
        List<String> quiet = survivorsOf(7, false);
        List<String> busy = survivorsOf(7, true);

        assertThat(quiet).hasSizeBetween(100, 180).isEqualTo(busy);
        assertThat(survivorsOf(8, false)).isNotEqualTo(quiet);
    }

    private List<String> survivorsOf(long seed, boolean busy) {
        try (RelayBench lossy = new RelayBench(seed, "loss", "30%", "loss-burst", "3")) {
            lossy.fromDevice(TcpSegment.SYN, DEVICE_FIRST, 0, "");
            for (int i = 0; i < 200; i++) {
                lossy.deviceSays(i * 4, "%04d".formatted(i));
                if (busy) {
                    lossy.gatewaySays(i, "x");
                    lossy.udp(Direction.UPSTREAM, 4000, 123, (byte) 1);
                }
            }
            return lossy.arrivals.stream()
                    .filter(arrival -> arrival.direction() == Direction.UPSTREAM)
                    .filter(arrival -> arrival.frame().kind() == Frame.Kind.TCP)
                    .map(Arrived::text)
                    .toList();
        }
    }

    @Test
    void dropsTheTailOfAFullQueue() {
        // 1 Mbit/s: a packet of 540 bytes takes 4.32 ms. Queued behind the first are three more.
        on("bandwidth", "1Mbit/s", "queue", "2200B").opened();
        double sent = bench.millis();
        for (int i = 0; i < 6; i++) {
            bench.deviceSays(i * 500, "x".repeat(500));
        }
        bench.until(sent + 1100);

        assertThat(bench.arrivals)
                .extracting(arrival -> Math.round((arrival.millis() - sent) * 10))
                .containsExactly(44L, 87L, 130L, 173L);
        assertThat(bench.kinds()).contains("queue-full");
        assertThat(bench.dropped("queue-full")).isEqualTo(2);
    }

    @Test
    void losesWhatIsOnTheAirInASilentOutage() {
        on("outage-at", "10s", "outage-for", "2s").opened();
        bench.until(10_500);
        bench.deviceSays(0, "lost");
        bench.until(12_500);
        bench.deviceSays(0, "lost");

        assertThat(bench.arrivals).hasSize(1);
        assertThat(bench.kinds())
                .containsExactly("path-opened", "outage-began", "dropped", "outage-ended", "retransmitted");
        assertThat(bench.events.get(4))
                .isEqualTo(new LinkEvent.Retransmitted(1, Direction.UPSTREAM, 1, Duration.ofSeconds(2)));
    }

    @Test
    void answersConnectsWithAResetInARefusingOutage() {
        on("delay", "50ms").relay.outage(Duration.ofSeconds(5), Outage.How.REFUSED);
        bench.fromDevice(TcpSegment.SYN, DEVICE_FIRST, 0, "");
        bench.until(200);

        Arrived reset = bench.arrivals.get(0);
        assertThat(reset.direction()).isEqualTo(Direction.DOWNSTREAM);
        assertThat(reset.millis()).isEqualTo(100);
        assertThat(reset.segment().has(TcpSegment.RST)).isTrue();
        assertThat(reset.segment().acknowledged()).isEqualTo(DEVICE_FIRST + 1);
        assertThat(bench.kinds()).contains("outage-began", "path-refused");
    }

    @Test
    void makesPacketsWaitForAnIdleRadioAndForAHandover() {
        on("promotion", "300ms", "promotion-after", "10s", "handover-at", "20s", "handover-gap", "80ms")
                .opened();
        bench.until(20_010);
        bench.deviceSays(0, "x");
        bench.until(20_500);

        assertThat(bench.arrivals).extracting(Arrived::millis).containsExactly(20_310.0);
        assertThat(bench.kinds()).containsExactly("promoted", "path-opened", "promoted");

        on("handover-at", "10s", "handover-gap", "80ms").opened();
        bench.until(10_010);
        bench.deviceSays(0, "x");
        bench.deviceSays(1, "y");
        bench.until(10_200);

        assertThat(bench.arrivals).extracting(Arrived::millis).containsExactly(10_080.0, 10_080.0);
        assertThat(bench.kinds()).containsExactly("path-opened", "handover");
    }

    @Test
    void resetsTheSenderOfWhatTheNatHasForgottenIfTheProfileSaysSo() {
        on("nat-expiry", "reset").opened().relay.natRebind();
        bench.deviceSays(0, "x");

        assertThat(bench.arrivals).hasSize(1);
        assertThat(bench.arrivals.get(0).direction()).isEqualTo(Direction.DOWNSTREAM);
        assertThat(bench.arrivals.get(0).segment().sequence()).isEqualTo(GATEWAY_FIRST + 1);
    }

    @Test
    void aNewConnectionHasAMappingOfItsOwn() {
        on().opened().relay.natRebind();
        bench.fromDevice(TcpSegment.SYN, 77, 0, "");

        assertThat(bench.arrivals).hasSize(1);
        assertThat(bench.kinds()).containsExactly("path-opened", "closed");
    }

    @Test
    void resetsBothEndsWithTheNumbersTheyExpect() {
        on("delay", "10ms").opened().deviceSays(0, "abc");
        bench.gatewaySays(0, "hello");
        bench.after(Duration.ofSeconds(1));
        bench.deviceSays(3, "under way");
        bench.arrivals.clear();

        bench.relay.resetAll();
        bench.after(Duration.ofSeconds(1));

        assertThat(bench.arrivals).allMatch(arrival -> arrival.segment().has(TcpSegment.RST));
        assertThat(resetsTo(Direction.UPSTREAM)).contains(DEVICE_FIRST + 1 + 3);
        assertThat(resetsTo(Direction.DOWNSTREAM)).contains(GATEWAY_FIRST + 1 + 5, GATEWAY_FIRST + 1);
        assertThat(bench.kinds()).containsExactly("path-opened", "reset", "closed");
    }

    private List<Integer> resetsTo(Direction direction) {
        return bench.arrivals.stream()
                .filter(arrival -> arrival.direction() == direction)
                .map(arrival -> arrival.segment().sequence())
                .collect(Collectors.toList());
    }

    @Test
    void resetsBothEndsWhenTheConnectionsTimeIsUpWhateverPasses() {
        on("cut", "reset", "cut-after", "9s").opened();
        bench.until(9_900);
        bench.deviceSays(0, "still there");
        bench.arrivals.clear();
        bench.until(10_100);

        assertThat(bench.arrivals)
                .isNotEmpty()
                .allMatch(arrival -> arrival.segment().has(TcpSegment.RST));
        assertThat(bench.kinds()).containsExactly("path-opened", "reset", "closed");
    }

    @Test
    void answersWhoeverGoesOnAfterAReset() {
        on().opened().relay.resetAll();
        bench.arrivals.clear();
        bench.fromDevice(TcpSegment.ACK, DEVICE_FIRST + 1, 4711, "");

        assertThat(bench.arrivals).hasSize(1);
        assertThat(bench.arrivals.get(0).segment().sequence()).isEqualTo(4711);
    }

    @Test
    void blackholesWhatThereIsForGoodAndWhatIsNewForAWhile() {
        on().opened().relay.blackhole(Duration.ofSeconds(10));
        bench.deviceSays(0, "x");
        bench.udp(Direction.UPSTREAM, 4000, 123);
        bench.after(Duration.ofSeconds(11));
        bench.deviceSays(0, "x");
        assertThat(bench.arrivals).isEmpty();

        bench.udp(Direction.UPSTREAM, 4000, 123);
        bench.fromDevice(TcpSegment.SYN, 77, 0, "");
        assertThat(bench.arrivals).hasSize(2);
        assertThat(bench.kinds()).contains("blackholed");
    }

    @Test
    void finishesAConnectionAtTheByteAndTakesWhatStillComes() {
        on("cut", "fin", "cut-direction", "downstream", "cut-at", "2B").opened().gatewaySays(0, "abc");
        bench.arrivals.remove(0);
        assertThat(bench.arrivals).allMatch(arrival -> arrival.segment().has(TcpSegment.FIN));
        bench.arrivals.clear();

        bench.fromDevice(TcpSegment.FIN | TcpSegment.ACK, DEVICE_FIRST + 1, GATEWAY_FIRST + 1 + 3, "");

        TcpSegment answer = bench.arrivals.get(0).segment();
        assertThat(answer.acknowledged()).isEqualTo(DEVICE_FIRST + 2);
        assertThat(answer.sequence()).isEqualTo(GATEWAY_FIRST + 1 + 3);
    }

    @Test
    void losesFullPacketsInAnMtuBlackHole() {
        on("mtu", "1400B", "oversize", "lost").opened().deviceSays(0, "x".repeat(1361));
        bench.deviceSays(0, "x".repeat(1360));

        assertThat(bench.arrivals).hasSize(1);
        assertThat(bench.dropped("oversize")).isEqualTo(1);
    }

    @Test
    void leadsConnectsToTheMappedPortAndBack() {
        bench.ports.lead(RelayBench.GATEWAY_PORT, 18_443);
        bench.opened().deviceSays(0, "up");
        bench.gatewaySays(0, "down");

        assertThat(bench.arrivals.get(0).frame().destinationPort()).isEqualTo(18_443);
        assertThat(bench.arrivals.get(1).frame().sourcePort()).isEqualTo(RelayBench.GATEWAY_PORT);
    }

    @Test
    void letsDhcpAndArpPassWhateverTheLinkDoes() {
        on("loss", "100%", "delay", "5s");
        bench.udp(Direction.UPSTREAM, 68, 67);
        bench.udp(Direction.DOWNSTREAM, 67, 68);
        bench.relay.offered(Direction.UPSTREAM, arpRequest());

        assertThat(bench.arrivals).hasSize(3);
    }

    @Test
    void swallowsArpRequestsOnlyWhenAskedTo() {
        on("arp", "silent").relay.offered(Direction.UPSTREAM, arpRequest());

        assertThat(bench.arrivals).isEmpty();
        assertThat(bench.dropped("arp-silent")).isEqualTo(1);
    }

    @Test
    void sumsUpWhatALossyLinkLoses() {
        on("loss", "100%");
        for (int i = 0; i < 500; i++) {
            bench.udp(Direction.UPSTREAM, 4000, 123);
            bench.after(Duration.ofMillis(10));
        }
        bench.after(Duration.ofSeconds(2));

        assertThat(bench.events)
                .filteredOn(event -> event instanceof LinkEvent.Dropped)
                .hasSizeBetween(5, 7);
        assertThat(bench.dropped("loss")).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 13, 14, 33, 34, 53, 60})
    void passesFramesThatAreCutShort(int length) {
        ByteBuf frame = RelayBench.datagram(Direction.UPSTREAM, 1, 2, new byte[40]);
        frame.setByte(23, 6);
        frame.writerIndex(length);
        bench.relay.offered(Direction.UPSTREAM, frame);

        assertThat(bench.arrivals).hasSize(1);
    }

    @Test
    void survivesFramesOfRandomBytes() {
        Random random = new Random(3);
        bench.names.serve("x");
        for (int i = 0; i < 20_000; i++) {
            Direction direction = random.nextBoolean() ? Direction.UPSTREAM : Direction.DOWNSTREAM;
            bench.relay.offered(direction, randomFrame(random));
        }

        assertThat(bench.arrivals).hasSizeGreaterThan(10_000);
    }

    /** Mostly IPv4 with TCP or UDP, and often to a resolver, so that parsing goes deep. */
    private static ByteBuf randomFrame(Random random) {
        byte[] bytes = new byte[40 + random.nextInt(120)];
        random.nextBytes(bytes);
        ByteBuf frame = Unpooled.wrappedBuffer(bytes);
        frame.setShort(12, random.nextInt(8) == 0 ? 0x0806 : 0x0800);
        frame.setByte(14, 0x40 | random.nextInt(16))
                .setShort(16, bytes.length - 14)
                .setShort(20, 0);
        frame.setByte(23, random.nextBoolean() ? 6 : 17);
        return random.nextBoolean() ? frame.setShort(36, 53) : frame;
    }

    private List<String> textOf(Direction direction) {
        return bench.arrivals.stream()
                .filter(arrival -> arrival.direction() == direction)
                .map(Arrived::text)
                .toList();
    }

    private static ByteBuf arpRequest() {
        ByteBuf frame = Unpooled.buffer(42).writeZero(42);
        return frame.setShort(12, 0x0806).setShort(20, 1);
    }
}
