package io.fieldloop.qemu.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.qemu.link.RelayBench.Arrived;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;

/** What a link does to datagrams and name queries, in frozen time. */
final class UdpRelayTest extends RelayTest {
    @Test
    void answersForTheNamesItServesAfterTheLinksDelay() {
        on("delay", "50ms").names.serve("Gateway.test");
        bench.udp(Direction.UPSTREAM, 4000, 53, RelayBench.query("gateway.TEST", 1));
        bench.udp(Direction.UPSTREAM, 4000, 53, RelayBench.query("gateway.test", 28));
        bench.udp(Direction.UPSTREAM, 4000, 53, RelayBench.query("elsewhere.test", 1));
        bench.until(200);

        assertThat(bench.arrivals)
                .extracting(Arrived::direction)
                .containsExactly(Direction.UPSTREAM, Direction.DOWNSTREAM, Direction.DOWNSTREAM);
        assertThat(bench.arrivals).extracting(Arrived::millis).containsExactly(50.0, 100.0, 100.0);
        ByteBuf answer = bench.arrivals.get(1).frame().datagram();
        assertThat(answer.getShort(0)).isEqualTo((short) 0x1234);
        assertThat(answer.getUnsignedShort(6)).isEqualTo(1);
        assertThat(answer.getInt(answer.writerIndex() - 4)).isEqualTo(RelayBench.GATEWAY);
        assertThat(bench.arrivals.get(2).frame().datagram().getUnsignedShort(6)).isZero();
    }

    @Test
    void failsOrSwallowsQueries() {
        on("dns", "failing").names.serve("gateway.test");
        bench.udp(Direction.UPSTREAM, 4000, 53, RelayBench.query("gateway.test", 1));
        assertThat(bench.arrivals.get(0).frame().datagram().getUnsignedShort(2) & 15)
                .isEqualTo(2);

        on("dns", "silent").udp(Direction.UPSTREAM, 4000, 53, RelayBench.query("gateway.test", 1));
        assertThat(bench.arrivals).isEmpty();
        assertThat(bench.dropped("dns-silent")).isEqualTo(1);
    }
}
