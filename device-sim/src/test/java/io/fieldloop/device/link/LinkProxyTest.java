package io.fieldloop.device.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.Outage;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The proxy between plain blocking sockets, which know nothing of Netty. */
@Timeout(20)
final class LinkProxyTest {
    private final RecordingLinkListener events = new RecordingLinkListener();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private MultiThreadIoEventLoopGroup group;
    private ServerSocket gateway;
    private Link link;
    private LinkProxy proxy;

    @BeforeEach
    void openGateway() throws IOException {
        group = new MultiThreadIoEventLoopGroup(1, SocketTransport.preciseIoHandler());
        gateway = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void closeAll() throws Exception {
        proxy.stop().get(5, TimeUnit.SECONDS);
        link.close();
        gateway.close();
        threads.shutdownNow();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    private void start(LinkProfile profile) throws Exception {
        start(profile, group.next(), LinkProxyConfig.to((InetSocketAddress) gateway.getLocalSocketAddress()));
    }

    private void start(LinkProfile profile, EventLoop loop, LinkProxyConfig config) throws Exception {
        link = new Link(profile, 1, loop, events);
        proxy = LinkProxy.start(config, link).get(5, TimeUnit.SECONDS);
    }

    private Socket connect() throws IOException {
        return new Socket(proxy.address().getAddress(), proxy.address().getPort());
    }

    private Future<Void> echoing() {
        return threads.submit(() -> {
            try (Socket peer = gateway.accept()) {
                peer.getInputStream().transferTo(peer.getOutputStream());
            }
            return null;
        });
    }

    @Test
    void echoesAMegabyteInRandomChunksUnharmed() throws Exception {
        echoesUnharmed(LinkProfile.NONE);
    }

    @Test
    void echoesAMegabyteUnharmedOverALossyLink() throws Exception {
        echoesUnharmed(LinkProfile.NONE
                .with("delay", "5ms")
                .with("jitter", "3ms")
                .with("loss", "0.5%")
                .with("rto", "20ms")
                .with("bandwidth", "40Mbit/s"));
        assertThat(events.kinds()).contains("retransmitted");
    }

    private void echoesUnharmed(LinkProfile profile) throws Exception {
        start(profile);
        Future<Void> echo = echoing();
        long seed = 20260101;
        Random random = new Random(seed);
        byte[] sent = new byte[1 << 20];
        random.nextBytes(sent);
        try (Socket device = connect()) {
            Future<byte[]> received =
                    threads.submit(() -> device.getInputStream().readAllBytes());
            OutputStream out = device.getOutputStream();
            for (int from = 0; from < sent.length; ) {
                int size = Math.min(sent.length - from, 1 + random.nextInt(5000));
                out.write(sent, from, size);
                from += size;
            }
            device.shutdownOutput();
            byte[] back = received.get(15, TimeUnit.SECONDS);
            assertThat(Arrays.mismatch(back, sent))
                    .as("seed %d, %s", seed, events.kinds())
                    .isEqualTo(-1);
        }
        echo.get(5, TimeUnit.SECONDS);
        await().untilAsserted(() -> {
            LinkEvent.Closed closed = events.only(LinkEvent.Closed.class);
            assertThat(closed.upstreamBytes()).isEqualTo(sent.length);
            assertThat(closed.downstreamBytes()).isEqualTo(sent.length);
        });
    }

    @Test
    void bringsTheDevicesResetToTheGateway() throws Exception {
        start(LinkProfile.NONE.with("delay", "5ms"));
        Socket device = connect();
        try (Socket peer = gateway.accept()) {
            device.setSoLinger(true, 0);
            device.close();
            assertThatThrownBy(() -> peer.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void bringsTheGatewaysResetToTheDevice() throws Exception {
        start(LinkProfile.NONE.with("delay", "5ms"));
        try (Socket device = connect()) {
            Socket peer = gateway.accept();
            peer.setSoLinger(true, 0);
            peer.close();
            assertThatThrownBy(() -> device.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void resetsBothEndsAfterTheNthByte() throws Exception {
        start(LinkProfile.NONE.with("cut", "reset").with("cut-at", "1000B"));
        try (Socket device = connect();
                Socket peer = gateway.accept()) {
            device.getOutputStream().write(new byte[1500]);
            assertThatThrownBy(() -> device.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> peer.getInputStream().readAllBytes()).isInstanceOf(SocketException.class);
        }
        assertThat(events.only(LinkEvent.Reset.class).atByte()).isEqualTo(1000);
    }

    @Test
    void resetsBothEndsWhenTheConnectionsTimeIsUp() throws Exception {
        start(LinkProfile.NONE.with("cut", "reset").with("cut-after", "200ms"));
        try (Socket device = connect();
                Socket peer = gateway.accept()) {
            device.getOutputStream().write(new byte[1500]);
            assertThat(peer.getInputStream().readNBytes(1500)).hasSize(1500);
            assertThatThrownBy(() -> device.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> peer.getInputStream().readAllBytes()).isInstanceOf(SocketException.class);
        }
        assertThat(events.only(LinkEvent.Reset.class).atByte()).isNull();
    }

    @Test
    void bringsTheGatewaysFinAfterItsData() throws Exception {
        start(LinkProfile.NONE.with("delay", "20ms"));
        try (Socket device = connect()) {
            try (Socket peer = gateway.accept()) {
                peer.getOutputStream().write("bye".getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(device.getInputStream().readAllBytes()).asString().isEqualTo("bye");
        }
    }

    @Test
    void keepsAHalfClosedConnectionOpenTheOtherWay() throws Exception {
        start(LinkProfile.NONE.with("delay", "5ms"));
        try (Socket device = connect();
                Socket peer = gateway.accept()) {
            device.shutdownOutput();
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
            peer.getOutputStream().write(42);
            assertThat(device.getInputStream().read()).isEqualTo(42);
        }
    }

    @Test
    void boundsWhatItHoldsForAReaderThatDoesNotRead() throws Exception {
        start(LinkProfile.NONE.with("delay", "1ms"));
        try (Socket device = connect();
                Socket peer = gateway.accept()) {
            peer.setReceiveBufferSize(1 << 16);
            Future<Long> sent = threads.submit(() -> writesUntilHeldBack(device));
            long bytes = sent.get(10, TimeUnit.SECONDS);
            // Kernel buffers on three sockets, and the proxy's own bound of a megabyte.
            assertThat(bytes).isLessThan(32L << 20);
        }
    }

    /** How much a sender gets rid of before half a second goes by without progress. */
    private long writesUntilHeldBack(Socket device) {
        AtomicLong written = new AtomicLong();
        Future<Void> writer = threads.submit(() -> {
            byte[] chunk = new byte[64 * 1024];
            while (written.get() < 64L << 20) {
                device.getOutputStream().write(chunk);
                written.addAndGet(chunk.length);
            }
            return null;
        });
        await().pollInterval(Duration.ofMillis(100))
                .during(Duration.ofMillis(500))
                .until(written::get, before -> before == written.get() && before > 0);
        writer.cancel(true);
        return written.get();
    }

    @Test
    void tellsWhenTheModelledConnectIsThrough() throws Exception {
        start(LinkProfile.NONE.with("delay", "30ms").with("promotion", "50ms"));
        Future<Socket> accepted = threads.submit(() -> gateway.accept());
        try (Socket device = connect()) {
            proxy.pathOf(device.getLocalSocketAddress()).get(5, TimeUnit.SECONDS);
            accepted.get(5, TimeUnit.SECONDS).close();
        }
        assertThat(events.only(LinkEvent.PathOpened.class).elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(110));
    }

    @Test
    void resetsTheClientOfARefusedConnect() throws Exception {
        start(LinkProfile.NONE);
        link.outage(Duration.ofMinutes(1), Outage.How.REFUSED);
        try (Socket device = connect()) {
            assertThatThrownBy(
                            () -> proxy.pathOf(device.getLocalSocketAddress()).get(5, TimeUnit.SECONDS))
                    .hasMessageContaining("Connection refused");
            assertThatThrownBy(() -> device.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void showsTheGatewayAnotherLoopbackAddress() throws Exception {
        InetAddress source = InetAddress.getByName("127.0.7.1");
        start(
                LinkProfile.NONE,
                group.next(),
                LinkProxyConfig.to((InetSocketAddress) gateway.getLocalSocketAddress())
                        .withSourceAddress(source));
        try (Socket device = connect();
                Socket peer = gateway.accept()) {
            assertThat(peer.getInetAddress()).isEqualTo(source);
            assertThat(device.isConnected()).isTrue();
        }
    }

    @Test
    void saysWhichAddressIsTaken() throws Exception {
        start(LinkProfile.NONE);
        LinkProxyConfig taken =
                new LinkProxyConfig(proxy.address(), (InetSocketAddress) gateway.getLocalSocketAddress(), null);

        assertThatThrownBy(() -> LinkProxy.start(taken, link).get(5, TimeUnit.SECONDS))
                .hasMessageContaining("cannot listen on " + proxy.address());
    }

    @Test
    void worksOnASelectorToo() throws Exception {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        start(LinkProfile.NONE.with("delay", "2ms"));
        echoing();
        try (Socket device = connect();
                InputStream in = device.getInputStream()) {
            device.getOutputStream().write(7);
            assertThat(in.read()).isEqualTo(7);
        }
    }
}
