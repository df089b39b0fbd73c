package io.fieldloop.scenario.rig.name;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.link.event.NameReply;
import io.fieldloop.device.link.event.RecordType;
import io.fieldloop.scenario.model.NameSpec;
import io.fieldloop.scenario.model.NamedPlace;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the scenario's name server says, and where its addresses lead. */
final class NameZoneTest {
    private static NameZone zone(NameReply says, boolean rotates) {
        NameSpec name = new NameSpec(
                List.of(NamedPlace.NOWHERE, NamedPlace.GATEWAY),
                List.of(NamedPlace.GATEWAY),
                says,
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                rotates);
        return new NameZone(Map.of("gateway.test", name));
    }

    private static List<NamedPlace> places(NameZone zone, RecordType type) {
        return zone.answer("gateway.test", type).addresses().stream()
                .map(NamedPlace::at)
                .toList();
    }

    @Test
    void keepsTheOrderOfTheRecordsUnlessItSharesOutLoad() {
        NameZone still = zone(NameReply.RECORDS, false);
        assertThat(places(still, RecordType.A)).containsExactly(NamedPlace.NOWHERE, NamedPlace.GATEWAY);
        assertThat(places(still, RecordType.A)).containsExactly(NamedPlace.NOWHERE, NamedPlace.GATEWAY);

        NameZone turning = zone(NameReply.RECORDS, true);
        assertThat(places(turning, RecordType.A)).containsExactly(NamedPlace.NOWHERE, NamedPlace.GATEWAY);
        assertThat(places(turning, RecordType.AAAA)).containsExactly(NamedPlace.GATEWAY);
        assertThat(places(turning, RecordType.A)).containsExactly(NamedPlace.GATEWAY, NamedPlace.NOWHERE);
        assertThat(places(turning, RecordType.A)).containsExactly(NamedPlace.NOWHERE, NamedPlace.GATEWAY);
    }

    @Test
    void aServerThatFailsHasNoRecords() {
        assertThat(places(zone(NameReply.SERVFAIL, false), RecordType.A)).isEmpty();
    }

    @Test
    void anAddressBehindTheNat64PrefixIsTheIpv4AddressInIt() {
        InetAddress translated = NetUtil.createInetAddressFromIpAddressString("64:ff9b::c000:20a");
        assertThat(NamedPlace.at(translated)).isEqualTo(NamedPlace.GATEWAY);
        assertThat(NamedPlace.arrivesAsIpv6(translated)).isFalse();
        assertThat(NamedPlace.at(NetUtil.createInetAddressFromIpAddressString("203.0.113.1")))
                .isEqualTo(NamedPlace.NOWHERE);
    }
}
