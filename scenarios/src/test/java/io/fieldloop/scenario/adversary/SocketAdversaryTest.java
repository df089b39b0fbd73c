package io.fieldloop.scenario.adversary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import io.fieldloop.scenario.adversary.AdversaryEvent.ConnectFailed;
import io.fieldloop.scenario.adversary.AdversaryEvent.ProbeEnded;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The adversary on real sockets, against a server of the JDK's own that shares no code with it. */
class SocketAdversaryTest {
    private static final String RDP =
            "0300002f2ae00000000000436f6f6b69653a206d737473686173683d41646d696e697374720d0a" + "0100080003000000";

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final RecordingListener events =
            new RecordingListener(() -> loop.ticker().nanoTime());
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setSoTimeout(5_000);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void theBytesOnTheWireAreTheProbesAndComeFromDistinctSources() throws Exception {
        Adversary adversary = adversary(AttackPlans.of("rdp-mstshash")
                .ratePerSecond(100)
                .count(3)
                .sources(3)
                .build());
        var attack = adversary.start();

        Map<String, String> bytesBySource = new ConcurrentSkipListMap<>();
        for (int i = 0; i < 3; i++) {
            try (Socket socket = server.accept()) {
                socket.setSoTimeout(5_000);
                byte[] bytes = socket.getInputStream().readNBytes(47);
                bytesBySource.put(
                        socket.getInetAddress().getHostAddress(), HexFormat.of().formatHex(bytes));
                socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        }

        assertThat(bytesBySource).isEqualTo(Map.of("127.66.0.1", RDP, "127.66.0.2", RDP, "127.66.0.3", RDP));
        assertThat(attack.get(5, TimeUnit.SECONDS).answered()).isEqualTo(3);
        assertThat(events.of(ProbeEnded.class))
                .extracting(ProbeEnded::answer, ProbeEnded::closedBy)
                .containsOnly(tuple("400", ClosedBy.GATEWAY));
    }

    @Test
    void aResetIsSeenAsAResetByTheServer() throws Exception {
        var attack = adversary(AttackPlans.of("connect-and-reset").build()).start();
        try (Socket socket = server.accept()) {
            socket.setSoTimeout(5_000);
            assertThat(catchThrowable(() -> socket.getInputStream().read()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("reset");
        }
        assertThat(attack.get(5, TimeUnit.SECONDS).sent()).isEqualTo(1);
    }

    @Test
    void aClosedPortIsRecordedAndNotThrown() throws Exception {
        Adversary adversary =
                adversary(AttackPlans.of("http-get").ratePerSecond(100).count(5).build());
        server.close();
        AttackSummary summary = adversary.start().get(5, TimeUnit.SECONDS);

        assertThat(summary.connectFailed()).isEqualTo(5);
        assertThat(events.of(ConnectFailed.class))
                .extracting(ConnectFailed::reason)
                .containsOnly(ConnectFailure.TCP_REFUSED);
    }

    private Adversary adversary(AttackPlan plan) {
        InetSocketAddress target = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
        SocketProbeDialer dialer = new SocketProbeDialer(loop, NioSocketChannel::new, Map.of("ws", target));
        return new Adversary(
                plan, ProbeCatalogue.bundled(), new AdversaryRuntime(loop, dialer, new SplittableRandom(1)), events);
    }
}
