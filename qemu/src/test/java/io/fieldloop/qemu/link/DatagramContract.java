package io.fieldloop.qemu.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.link.event.DropReason;
import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.device.link.profile.NatMapping;
import io.fieldloop.device.link.profile.Outage;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a link does to the datagrams between one pair of ends, whatever carries it. */
abstract class DatagramContract {
    private final LinkSubject link = open();

    /** A link that leaves datagrams alone. */
    abstract LinkSubject open();

    @AfterEach
    void closeLink() {
        link.close();
    }

    private LinkSubject on(String... keysAndValues) {
        link.change(RelayBench.profile(keysAndValues));
        return link;
    }

    private void sayHundred() {
        IntStream.range(0, 100).forEach(number -> {
            link.deviceSays("" + number);
            link.until(10L * (number + 1));
        });
        link.until(2000);
    }

    private List<String> texts() {
        return link.atGateway().stream()
                .map(line -> line.replaceFirst("\\d+ ", ""))
                .toList();
    }

    @Test
    void delaysEachDirectionByItsOwn() {
        on("upstream.delay", "30ms", "downstream.delay", "50ms").deviceSays("up");
        link.gatewaySays("down");
        link.until(60);

        assertThat(link.atGateway()).containsExactly("30 up");
        assertThat(link.atDevice()).containsExactly("50 down");
    }

    @Test
    void whatIsLostStaysLostAndIsReported() {
        on("loss", "30%");
        sayHundred();

        assertThat(link.atGateway()).hasSizeBetween(55, 85);
        assertThat(link.events()).hasAtLeastOneElementOfType(LinkEvent.Dropped.class);
        assertThat(link.events().stream()
                        .filter(LinkEvent.Dropped.class::isInstance)
                        .mapToLong(event -> ((LinkEvent.Dropped) event).packets())
                        .sum())
                .isEqualTo(100 - link.atGateway().size());
    }

    @Test
    void tellsEachSecondWhatBecameOfDatagrams() {
        on("delay", "50ms", "jitter", "10ms", "loss", "30%");
        sayHundred();

        List<LinkEvent.DatagramsPassed> told = link.events().stream()
                .filter(LinkEvent.DatagramsPassed.class::isInstance)
                .map(LinkEvent.DatagramsPassed.class::cast)
                .toList();
        assertThat(told).isNotEmpty().allSatisfy(one -> {
            assertThat(one.direction()).isEqualTo(Direction.UPSTREAM);
            assertThat(one.jitter()).isBetween(Duration.ofMillis(2), Duration.ofMillis(30));
            assertThat(one.transit()).isBetween(Duration.ofMillis(10), Duration.ofMillis(100));
        });
        long arrived =
                told.stream().mapToLong(LinkEvent.DatagramsPassed::arrived).sum();
        assertThat(arrived).isEqualTo(link.atGateway().size());
        assertThat(told.stream().mapToLong(LinkEvent.DatagramsPassed::lost).sum())
                .isEqualTo(100 - arrived);
    }

    @Test
    void keepsTheOrderWhateverTheJitter() {
        on("delay", "50ms", "jitter", "40ms");
        sayHundred();

        assertThat(texts())
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(Integer::toString).toList());
    }

    @Test
    void reordersAndDuplicatesWhereAskedTo() {
        on("reorder", "20%", "reorder-by", "200ms", "duplicate", "10%");
        sayHundred();

        assertThat(texts()).hasSizeGreaterThan(100);
        assertThat(texts().stream().distinct()).hasSize(100);
        assertThat(texts().stream().distinct().map(Integer::valueOf).toList())
                .isNotEqualTo(IntStream.range(0, 100).boxed().toList());
    }

    /** One bit each, so that the length stays and the damaged ones are told from the others by one character at the most. */
    @Test
    void flipsABitOfWhatItCorrupts() {
        on("corrupt", "40%");
        IntStream.range(0, 100).forEach(number -> {
            link.deviceSays("datagram");
            link.until(10L * (number + 1));
        });
        link.until(2000);

        assertThat(texts()).hasSize(100).allSatisfy(text -> assertThat(text).hasSize(8));
        assertThat(texts().stream().filter(text -> !text.equals("datagram")).toList())
                .hasSizeBetween(25, 55)
                .allSatisfy(text -> assertThat(
                                IntStream.range(0, 8).filter(at -> text.charAt(at) != "datagram".charAt(at)))
                        .hasSize(1));
    }

    @Test
    void anIdleMappingIsForgottenForWhatComesFromOutsideUntilTheDeviceSends() {
        on("nat-idle-udp", "30s").deviceSays("before");
        link.until(31_000);
        link.gatewaySays("lost");
        link.deviceSays("after");
        link.gatewaySays("through");

        assertThat(link.atGateway()).containsExactly("0 before", "31000 after");
        assertThat(link.atDevice()).containsExactly("31000 through");
        assertThat(link.events())
                .contains(
                        new LinkEvent.NatExpired(0, Duration.ofSeconds(31), NatMapping.Expiry.SILENT),
                        new LinkEvent.Dropped(0, Direction.DOWNSTREAM, DropReason.NAT_EXPIRED, 1));
    }

    @Test
    void aReboundNatDropsWhatComesFromOutsideUntilTheDeviceSends() {
        dropsFromOutsideUntilTheDeviceSends(() -> link.natRebind());
    }

    @Test
    void aNatMayForgetUdpAlone() {
        dropsFromOutsideUntilTheDeviceSends(() -> link.natRebindUdp());
    }

    private void dropsFromOutsideUntilTheDeviceSends(Runnable rebind) {
        link.deviceSays("before");
        rebind.run();
        link.gatewaySays("lost");
        link.deviceSays("after");
        link.gatewaySays("through");

        assertThat(link.atDevice()).containsExactly("0 through");
        assertThat(link.atGateway()).containsExactly("0 before", "0 after");
    }

    @Test
    void udpMayBeBlockedInOneDirection() {
        on("udp", "upstream-blocked").deviceSays("lost");
        link.gatewaySays("through");
        link.until(1000);

        assertThat(link.atGateway()).isEmpty();
        assertThat(link.atDevice()).containsExactly("0 through");
        assertThat(link.events()).contains(new LinkEvent.Dropped(0, Direction.UPSTREAM, DropReason.UDP_BLOCKED, 1));
    }

    @Test
    void aBlackHoleSwallowsForAWhile() {
        link.blackhole(Duration.ofSeconds(1));
        link.deviceSays("swallowed");
        link.until(1001);
        link.deviceSays("through");

        assertThat(texts()).containsExactly("through");
        assertThat(link.events()).contains(new LinkEvent.Dropped(0, Direction.UPSTREAM, DropReason.BLACKHOLE, 1));
    }

    @ParameterizedTest
    @EnumSource
    void anOutageSwallowsHoweverItMeetsConnects(Outage.How how) {
        link.outage(Duration.ofSeconds(1), how);
        link.deviceSays("lost");
        link.until(1001);
        link.deviceSays("through");

        assertThat(texts()).containsExactly("through");
        assertThat(link.events()).contains(new LinkEvent.Dropped(0, Direction.UPSTREAM, DropReason.OUTAGE, 1));
    }
}
