package io.fieldloop.qemu.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.event.NameReply;
import io.fieldloop.device.link.event.RecordType;
import io.fieldloop.device.link.name.NameServer;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.qemu.link.RelayBench.Arrived;
import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void aPortThatIsLedElsewhereIsTheNominalOneForTheDevice() {
        on().ports.lead(8884, 40_123);
        bench.udp(Direction.UPSTREAM, 50_000, 8884, (byte) 1);
        bench.udp(Direction.DOWNSTREAM, 40_123, 50_000, (byte) 2);

        assertThat(bench.arrivals.get(0).frame().destinationPort()).isEqualTo(40_123);
        assertThat(bench.arrivals.get(1).frame().sourcePort()).isEqualTo(8884);
    }

    @Test
    void aMappingThatIsMadeAnewIsAnotherPortForTheNetworkAndTheSameForTheDevice() {
        on().udp(Direction.UPSTREAM, 50_000, 8884, (byte) 1);
        bench.relay.natRebindUdp();
        bench.udp(Direction.UPSTREAM, 50_000, 8884, (byte) 2);
        int outside = bench.arrivals.get(1).frame().sourcePort();
        bench.udp(Direction.DOWNSTREAM, 8884, outside, (byte) 3);

        assertThat(bench.arrivals.get(0).frame().sourcePort()).isEqualTo(50_000);
        assertThat(outside).isNotEqualTo(50_000);
        assertThat(bench.arrivals.get(2).frame().destinationPort()).isEqualTo(50_000);
    }

    @Test
    void aChecksumIsChangedWithThePort() {
        on().ports.lead(8884, 40_123);
        ByteBuf sealed = RelayBench.datagram(Direction.UPSTREAM, 50_000, 8884, (byte) 1, (byte) 2);
        int udp = 14 + 20;
        sealed.setShort(udp + 6, checksum(sealed, udp, 10));
        bench.relay.offered(Direction.UPSTREAM, sealed);

        ByteBuf arrived = bench.arrivals.get(0).frame().bytes();
        int told = arrived.getUnsignedShort(udp + 6);
        arrived.setShort(udp + 6, 0);
        assertThat(told).isEqualTo(checksum(arrived, udp, 10));
    }

    /** RFC 768: over the addresses, the protocol, the length, and the datagram, whose length is even here. */
    private static int checksum(ByteBuf frame, int udp, int length) {
        int sum = 17 + length;
        for (int at = udp - 8; at < udp + length; at += 2) {
            sum += frame.getUnsignedShort(at);
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return ~sum & 0xffff;
    }

    @Test
    void asksWhoeverAnswersForThatNameAndPassesTheRecordsOnInOrder() {
        InetAddress dead = NetUtil.createInetAddressFromIpAddressString("192.0.2.40");
        InetAddress server = NetUtil.createInetAddressFromIpAddressString("192.0.2.10");
        on("delay", "50ms").names.serve("gateway.test", (host, type) -> said(NameReply.RECORDS, dead, server));
        bench.udp(Direction.UPSTREAM, 4000, 53, RelayBench.query("Gateway.test", 1));
        bench.until(1099);
        assertThat(bench.arrivals).isEmpty();
        bench.until(1200);

        ByteBuf answer = bench.arrivals.get(0).frame().datagram();
        assertThat(answer.getUnsignedShort(6)).isEqualTo(2);
        assertThat(answer.getInt(answer.writerIndex() - 4)).isEqualTo(0xc000020a);
        assertThat(answer.getInt(answer.writerIndex() - 20)).isEqualTo(0xc0000228);
        assertThat(bench.events)
                .containsSubsequence(
                        new LinkEvent.NameAsked("Gateway.test", RecordType.A),
                        new LinkEvent.NameAnswered(
                                "Gateway.test",
                                RecordType.A,
                                NameReply.RECORDS,
                                "192.0.2.40 192.0.2.10",
                                Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @CsvSource({"SERVFAIL, 2", "NXDOMAIN, 3"})
    void passesOnThatANameServerHasNoAnswer(NameReply reply, int code) {
        on("delay", "0ms").names.serve("gateway.test", (host, type) -> said(reply));
        bench.udp(Direction.UPSTREAM, 4000, 53, RelayBench.query("gateway.test", 1));
        bench.until(1000);
        assertThat(bench.arrivals.get(0).frame().datagram().getUnsignedShort(2) & 15)
                .isEqualTo(code);
    }

    private static NameServer.Answer said(NameReply reply, InetAddress... addresses) {
        return new NameServer.Answer(reply, List.of(addresses), Duration.ofSeconds(1), Duration.ofSeconds(60));
    }
}
