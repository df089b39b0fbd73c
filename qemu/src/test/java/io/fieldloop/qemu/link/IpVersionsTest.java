package io.fieldloop.qemu.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.link.event.LinkEvent.EgressDenied;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.qemu.link.packet.Frame;
import io.fieldloop.qemu.link.packet.IpAddress;
import io.fieldloop.qemu.link.packet.TcpEnds;
import io.fieldloop.qemu.link.packet.TcpSegment;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the relay makes of IPv6, and of addresses that stand for the host. */
final class IpVersionsTest extends RelayTest {
    private static final InetAddress SERVER = address("2001:db8::10");
    private static final IpAddress HOST = IpAddress.of(address("fec0::2"));
    private static final TcpEnds TO_SERVER =
            TcpEnds.like(Frame.of(template()), 50_000, 443).to(IpAddress.of(SERVER), 443);

    @Test
    void leadsAConnectionByIpv6ToTheHostAndItsAnswersBack() {
        on("ip", "both").ports.stand(SERVER, port -> 40_000 + port);

        bench.relay.offered(Direction.UPSTREAM, TO_SERVER.frame(TcpSegment.SYN, 1, 0));
        bench.relay.offered(
                Direction.DOWNSTREAM, TO_SERVER.to(HOST, 40_443).back().frame(TcpSegment.SYN | TcpSegment.ACK, 9, 2));
        bench.until(10);

        Frame atHost = bench.arrivals.get(0).frame();
        assertThat(atHost.destination()).isEqualTo(HOST);
        assertThat(atHost.destinationPort()).isEqualTo(40_443);
        Frame atDevice = bench.arrivals.get(1).frame();
        assertThat(atDevice.source()).isEqualTo(IpAddress.of(SERVER));
        assertThat(atDevice.sourcePort()).isEqualTo(443);
        assertThat(bench.kinds()).contains("path-opened");
    }

    @Test
    void carriesNoPacketOfAVersionThatTheNetworkLacks() {
        on("ip", "v4").relay.offered(Direction.UPSTREAM, TO_SERVER.frame(TcpSegment.SYN, 1, 0));
        bench.until(10);
        assertThat(bench.arrivals).isEmpty();

        bench.close();
        on("ip", "v6").fromDevice(TcpSegment.SYN, 1, 0, "");
        bench.until(10);
        assertThat(bench.arrivals).isEmpty();
    }

    @Test
    void letsNothingOutByIpv6ButWhatStandsForTheHost() {
        bench.close();
        bench = new RelayBench(1, Egress.DENIED, "ip", "both");
        bench.relay.offered(Direction.UPSTREAM, TO_SERVER.frame(TcpSegment.SYN, 1, 0));
        bench.until(10);

        assertThat(bench.arrivals).isEmpty();
        assertThat(bench.events).contains(new EgressDenied(EgressDenied.Protocol.TCP, "[2001:db8::10]:443"));
    }

    @Test
    void answersANameByTheVersionItWasAskedBy() {
        on("ip", "v6").names.serve("gateway.test");
        ByteBuf query = TO_SERVER.to(HOST, 53).datagram(RelayBench.query("gateway.test", 28));

        bench.relay.offered(Direction.UPSTREAM, query);
        bench.until(10);

        Frame answer = bench.arrivals.get(0).frame();
        assertThat(answer.source()).isEqualTo(HOST);
        assertThat(answer.datagram().getUnsignedShort(0)).isEqualTo(0x1234);
    }

    private static InetAddress address(String text) {
        return Objects.requireNonNull(NetUtil.createInetAddressFromIpAddressString(text));
    }

    /** An IPv6 packet from fec0::15 whose source matters and nothing else: version, length, next header, source, words of the header. */
    private static ByteBuf template() {
        ByteBuf bytes = Unpooled.buffer(74).writeZero(74);
        bytes.setShort(12, 0x86dd).setByte(14, 0x60).setShort(18, 20).setByte(20, 6);
        return bytes.setShort(22, 0xfec0).setByte(37, 0x15).setShort(38, 0xfec0).setByte(66, 5 << 4);
    }
}
