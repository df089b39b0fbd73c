package io.fieldloop.qemu.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.profile.NatMapping;
import io.fieldloop.device.link.profile.Outage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a link does to one open connection, whatever carries it; each carrier adds how its ends are set up and looked at. */
abstract class LinkContract {
    private static final String UPGRADE = "GET / HTTP/1.1\r\nHost: g\r\nUpgrade: websocket\r\n\r\n";

    private LinkSubject link = open();

    /** An open connection over a link that leaves it alone. */
    abstract LinkSubject open();

    @AfterEach
    void closeLink() {
        link.close();
    }

    private LinkSubject on(String... keysAndValues) {
        link.change(RelayBench.profile(keysAndValues));
        return link;
    }

    @Test
    void bringsAtOnceWhatNothingIsInTheWayOf() {
        link.deviceSays("up");
        link.gatewaySays("down");

        assertThat(link.atGateway()).containsExactly("0 up");
        assertThat(link.atDevice()).containsExactly("0 down");
        assertThat(link.events()).isEmpty();
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
    void keepsTheOrderWhateverTheJitter() {
        on("delay", "50ms", "jitter", "40ms");
        for (char letter = 'A'; letter <= 'Z'; letter++) {
            link.deviceSays("" + letter);
        }
        link.until(200);

        assertThat(String.join("", link.atGateway()).replaceAll("[0-9 ]", "")).isEqualTo("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    }

    @Test
    void splitsWhatIsSentIntoPiecesApart() {
        on("upstream.split", "2B", "upstream.split-every", "10ms").deviceSays("hello");
        link.gatewaySays("whole");
        link.until(30);

        assertThat(link.atGateway()).containsExactly("0 he", "10 ll", "20 o");
        assertThat(link.atDevice()).containsExactly("0 whole");
    }

    @Test
    void bringsNothingWhereEverythingIsLost() {
        on("loss", "100%").deviceSays("up");
        link.gatewaySays("down");
        link.until(1000);

        assertThat(link.atGateway()).isEmpty();
        assertThat(link.atDevice()).isEmpty();
    }

    @Test
    void whatIsSentAfterAChangeMeetsTheNewProfile() {
        on("delay", "50ms").deviceSays("before");
        on("delay", "80ms").deviceSays("after");
        link.until(100);

        assertThat(link.atGateway()).containsExactly("50 before", "80 after");
    }

    @Test
    void resetsBothEndsAfterTheNthByte() {
        on("cut", "reset", "cut-at", "5B", "upstream.delay", "10ms").deviceSays("123");
        link.deviceSays("456789");
        link.until(20);

        assertThat(link.atGateway()).containsExactly("10 123", "10 45", "10 reset");
        assertThat(link.atDevice()).containsExactly("10 reset");
        assertThat(link.events())
                .contains(new LinkEvent.Reset(1, 5L))
                .doesNotHaveAnyElementsOfTypes(LinkEvent.Blackholed.class);
    }

    @Test
    void finishesBothEndsAfterTheNthByte() {
        on("cut", "fin", "cut-direction", "downstream", "cut-at", "2B").gatewaySays("abc");
        link.until(20);

        assertThat(link.atDevice()).containsExactly("0 ab", "0 fin");
        assertThat(link.atGateway()).containsExactly("0 fin");
        assertThat(link.events()).contains(new LinkEvent.Finished(1, 2L));
    }

    @Test
    void swallowsEverythingAfterTheNthByte() {
        on("cut", "blackhole", "cut-at", "2B").deviceSays("abc");
        link.deviceSays("d");
        link.gatewaySays("e");
        link.until(60_000);

        assertThat(link.atGateway()).containsExactly("0 ab");
        assertThat(link.atDevice()).isEmpty();
        assertThat(link.events()).contains(new LinkEvent.Blackholed(1, 2L));
    }

    @Test
    void resetsBothEndsOnDemandAndLosesWhatIsUnderWay() {
        on("delay", "50ms").deviceSays("on its way");
        link.resetAll();
        link.until(100);

        assertThat(link.atGateway()).containsExactly("0 reset");
        assertThat(link.atDevice()).containsExactly("0 reset");
        assertThat(link.events()).contains(new LinkEvent.Reset(1, null));
    }

    @Test
    void aBlackHoleSwallowsForGoodAndTellsNobody() {
        link.blackhole(Duration.ofSeconds(1));
        link.until(5000);
        link.deviceSays("up");
        link.gatewaySays("down");
        link.until(60_000);

        assertThat(link.atGateway()).isEmpty();
        assertThat(link.atDevice()).isEmpty();
        assertThat(link.events()).contains(new LinkEvent.Blackholed(1, null));
    }

    @Test
    void forgetsAnIdleConnectionSilently() {
        on("delay", "10ms", "nat-idle", "60s").deviceSays("before");
        link.until(60_000);
        link.deviceSays("in time");
        link.until(121_000);
        link.deviceSays("lost");
        link.gatewaySays("lost too");
        link.until(200_000);

        assertThat(link.atGateway()).containsExactly("10 before", "60010 in time");
        assertThat(link.atDevice()).isEmpty();
        assertThat(link.events())
                .contains(new LinkEvent.NatExpired(1, Duration.ofSeconds(61), NatMapping.Expiry.SILENT));
    }

    @Test
    void forgetsAnIdleConnectionWithAResetToTheSenderOnly() {
        on("delay", "10ms", "nat-idle", "60s", "nat-expiry", "reset");
        link.deviceSays("before");
        link.until(62_000);
        link.deviceSays("lost");
        link.until(62_030);

        assertThat(link.atDevice()).containsExactly("62020 reset");
        assertThat(link.atGateway()).containsExactly("10 before");
        assertThat(link.events()).contains(new LinkEvent.Reset(1, null));
    }

    @Test
    void aReboundNatKnowsNoConnection() {
        link.natRebind();
        link.deviceSays("lost");
        link.gatewaySays("lost too");
        link.until(1000);

        assertThat(link.atGateway()).isEmpty();
        assertThat(link.atDevice()).isEmpty();
        assertThat(link.events()).hasAtLeastOneElementOfType(LinkEvent.NatExpired.class);
    }

    @Test
    void nothingArrivesInASilentOutage() {
        link.outage(Duration.ofSeconds(1), Outage.How.SILENT);
        link.deviceSays("up");
        link.gatewaySays("down");
        link.until(999);

        assertThat(link.atGateway()).isEmpty();
        assertThat(link.atDevice()).isEmpty();
        link.until(1001);
        assertThat(link.events())
                .contains(
                        new LinkEvent.OutageBegan(Outage.How.SILENT, Duration.ofSeconds(1)),
                        new LinkEvent.OutageEnded());
    }

    @Test
    void aRefusingOutageResetsWhoeverSends() {
        on("delay", "10ms").outage(Duration.ofSeconds(1), Outage.How.REFUSED);
        link.deviceSays("up");
        link.until(100);

        assertThat(link.atDevice()).containsExactly("20 reset");
        assertThat(link.atGateway()).isEmpty();
        assertThat(link.events()).contains(new LinkEvent.Reset(1, null));
    }

    @ParameterizedTest
    @CsvSource({"forbidden, fin, reset", "reset, reset, reset", "swallowed,,"})
    void blocksAPlaintextUpgradeAsTheOperatorDoes(String policy, String deviceEnds, String gatewayEnds) {
        on("delay", "10ms", "plaintext-upgrade", policy).deviceSays(UPGRADE);
        link.until(100);

        List<String> device = link.atDevice();
        assertThat(device).hasSize(policy.equals("forbidden") ? 2 : deviceEnds == null ? 0 : 1);
        if (policy.equals("forbidden")) {
            assertThat(device.get(0)).contains("HTTP/1.1 403 Forbidden\r\n");
        }
        assertThat(ends(device)).isEqualTo(deviceEnds);
        assertThat(ends(link.atGateway())).isEqualTo(gatewayEnds);
        assertThat(link.events()).hasAtLeastOneElementOfType(LinkEvent.UpgradeBlocked.class);
    }

    private static String ends(List<String> arrivals) {
        return arrivals.isEmpty() ? null : arrivals.get(arrivals.size() - 1).replaceFirst("\\d+ ", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"forbidden", "reset", "swallowed"})
    void letsTlsPassWherePlaintextUpgradesAreBlocked(String policy) {
        on("plaintext-upgrade", policy).deviceSays("\u0016\u0003\u0001 client hello\r\nupgrade: no");

        assertThat(link.atGateway()).hasSize(1);
        assertThat(link.events()).isEmpty();
    }
}
