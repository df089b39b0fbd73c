package io.fieldloop.qemu.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.event.LinkEvent.EgressDenied;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.qemu.link.packet.Frame;
import io.fieldloop.qemu.link.packet.IpAddress;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves for the world outside, and what does not, in frozen time. */
final class EgressGuardTest extends RelayTest {
    private static final int ELSEWHERE = 0xc000_020a;
    private static final int NO_SUCH_NAME = 3;

    @BeforeEach
    void denies() {
        bench = new RelayBench(1, Egress.DENIED);
    }

    @ParameterizedTest
    @CsvSource({"6, TCP, 192.0.2.10:443", "17, UDP, 192.0.2.10:443", "1, IP, 192.0.2.10"})
    void keepsAndTellsOnceWhatIsForElsewhere(byte protocol, EgressDenied.Protocol named, String to) {
        for (int i = 0; i < 3; i++) {
            offer(packet(protocol, ELSEWHERE));
        }
        bench.after(Duration.ofSeconds(2));

        assertThat(bench.arrivals).isEmpty();
        assertThat(bench.dropped("egress-denied")).isEqualTo(3);
        assertThat(denied()).containsExactly(new EgressDenied(named, to));
    }

    /** RFC 792: the message quotes the header of the answer nobody waited for, which came from port 53. */
    @Test
    void tellsAnAnswerThatCameTooLateForWhatItIs() {
        ByteBuf refusal = RelayBench.datagram(Direction.UPSTREAM, 0x0303, 0, unreachable((byte) 17, 53));
        offer(refusal.setByte(23, 1).setInt(30, ELSEWHERE));
        ByteBuf ofAnother = RelayBench.datagram(Direction.UPSTREAM, 0x0303, 0, unreachable((byte) 17, 123));
        offer(ofAnother.setByte(23, 1).setInt(30, ELSEWHERE + 1));

        assertThat(bench.arrivals).isEmpty();
        assertThat(bench.events).contains(new LinkEvent.NameAnswerRefused("192.0.2.10"));
        assertThat(denied()).containsExactly(new EgressDenied(EgressDenied.Protocol.IP, "192.0.2.11"));
    }

    /** What follows an ICMP header, which takes the place of a UDP header: an IPv4 header and the ports. */
    private static byte[] unreachable(byte protocol, int port) {
        byte[] quoted = new byte[28];
        quoted[0] = 0x45;
        quoted[9] = protocol;
        quoted[21] = (byte) port;
        return quoted;
    }

    /** The host, the network's broadcast address, the general one, a group. */
    @ParameterizedTest
    @ValueSource(ints = {RelayBench.GATEWAY, 0x0a00_02ff, 0xffff_ffff, 0xe000_00fb})
    void letsThroughWhatStaysInTheDevicesNetwork(int address) {
        offer(packet((byte) 6, address));

        assertThat(bench.arrivals).hasSize(1);
        assertThat(denied()).isEmpty();
    }

    @Test
    void letsEverythingThroughWhenAllowed() {
        bench = new RelayBench(1, Egress.ALLOWED);
        offer(packet((byte) 6, ELSEWHERE));
        bench.udp(Direction.UPSTREAM, 4000, 53, RelayBench.query("elsewhere.test", 1));

        assertThat(bench.arrivals).extracting(RelayBench.Arrived::direction).containsOnly(Direction.UPSTREAM);
        assertThat(bench.arrivals).hasSize(2);
        assertThat(denied()).isEmpty();
    }

    @Test
    void saysThatOtherNamesDoNotExistWhicheverServerIsAsked() {
        bench.names.serve("gateway.test");
        bench.udp(Direction.UPSTREAM, 4000, 53, RelayBench.query("elsewhere.test", 1));
        ByteBuf toAnother = RelayBench.datagram(Direction.UPSTREAM, 4000, 53, RelayBench.query("gateway.test", 1));
        offer(toAnother.setInt(30, ELSEWHERE));

        assertThat(bench.arrivals).extracting(RelayBench.Arrived::direction).containsOnly(Direction.DOWNSTREAM);
        assertThat(code(0)).isEqualTo(NO_SUCH_NAME);
        assertThat(code(1)).isZero();
        assertThat(bench.arrivals.get(1).frame().source()).isEqualTo(IpAddress.v4(ELSEWHERE));
        assertThat(denied()).containsExactly(new EgressDenied(EgressDenied.Protocol.DNS, "elsewhere.test"));
    }

    @Test
    void keepsAQueryThatItCannotRead() {
        bench.udp(Direction.UPSTREAM, 4000, 53, new byte[40]);

        assertThat(bench.arrivals).isEmpty();
    }

    @Test
    void tellsOfSoManyAndCountsTheRest() {
        for (int i = 0; i < 1000; i++) {
            offer(packet((byte) 6, ELSEWHERE + i));
        }
        bench.after(Duration.ofSeconds(2));

        assertThat(denied()).hasSize(100);
        assertThat(bench.dropped("egress-denied")).isEqualTo(1000);
    }

    private void offer(ByteBuf frame) {
        bench.relay.offered(Direction.UPSTREAM, frame);
    }

    private List<EgressDenied> denied() {
        return bench.events.stream()
                .filter(EgressDenied.class::isInstance)
                .map(EgressDenied.class::cast)
                .toList();
    }

    private int code(int arrival) {
        Frame answer = bench.arrivals.get(arrival).frame();
        return answer.datagram().getUnsignedShort(2) & 15;
    }

    /** To port 443, where the protocol has ports; long enough for a TCP header of 20 bytes. */
    private static ByteBuf packet(byte protocol, int address) {
        byte[] rest = new byte[20];
        rest[4] = 0x50;
        ByteBuf frame = RelayBench.datagram(Direction.UPSTREAM, 4000, 443, rest);
        return frame.setByte(23, protocol).setInt(30, address);
    }
}
