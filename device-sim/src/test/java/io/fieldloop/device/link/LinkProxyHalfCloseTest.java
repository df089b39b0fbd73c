package io.fieldloop.device.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.link.profile.LinkProfile;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An end that stops sending still hears the other, whatever state the connection was in when it stopped. */
@Timeout(20)
final class LinkProxyHalfCloseTest {
    private static final byte[] QUESTION = "question".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ANSWER = "answer".getBytes(StandardCharsets.US_ASCII);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private MultiThreadIoEventLoopGroup group;
    private ServerSocket gateway;
    private Link link;
    private LinkProxy proxy;

    /** What the connection was doing when an end stopped sending. */
    private enum State {
        OPENING("80ms"),
        OPENING_WITHOUT_A_DELAY("0ms"),
        DATA_UNDER_WAY("20ms"),
        QUIET("1ms");

        private final String delay;

        State(String delay) {
            this.delay = delay;
        }

        boolean isOpening() {
            return this == OPENING || this == OPENING_WITHOUT_A_DELAY;
        }
    }

    private static Stream<Arguments> statesOnEveryTransport() {
        return Stream.of(State.values())
                .flatMap(state -> Stream.of(true, false)
                        .filter(epoll -> !epoll || Epoll.isAvailable())
                        .map(epoll -> Arguments.of(state, epoll)));
    }

    private void start(State state, boolean epoll) throws Exception {
        IoHandlerFactory io = epoll ? SocketTransport.preciseIoHandler() : NioIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(1, io);
        gateway = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        link = new Link(LinkProfile.NONE.with("delay", state.delay), 1, group.next(), event -> {});
        proxy = LinkProxy.start(LinkProxyConfig.to((InetSocketAddress) gateway.getLocalSocketAddress()), link)
                .get(5, TimeUnit.SECONDS);
    }

    @AfterEach
    void closeAll() throws Exception {
        proxy.stop().get(5, TimeUnit.SECONDS);
        link.close();
        gateway.close();
        threads.shutdownNow();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    private Socket connect() throws IOException {
        return new Socket(proxy.address().getAddress(), proxy.address().getPort());
    }

    @ParameterizedTest
    @MethodSource("statesOnEveryTransport")
    void answersADeviceThatHasStoppedSending(State state, boolean epoll) throws Exception {
        start(state, epoll);
        // Without a delay it is a race between the client's FIN and the connect behind it.
        int tries = state == State.OPENING_WITHOUT_A_DELAY ? 50 : 1;
        for (int i = 0; i < tries; i++) {
            Future<byte[]> asked = threads.submit(this::answersWhenAsked);
            try (Socket device = connect()) {
                waitUntilQuiet(state, device);
                device.getOutputStream().write(QUESTION);
                device.shutdownOutput();
                assertThat(asked.get(5, TimeUnit.SECONDS)).isEqualTo(QUESTION);
                assertThat(device.getInputStream().readAllBytes()).isEqualTo(ANSWER);
            }
        }
    }

    private byte[] answersWhenAsked() throws IOException {
        try (Socket peer = gateway.accept()) {
            byte[] question = peer.getInputStream().readAllBytes();
            peer.getOutputStream().write(ANSWER);
            return question;
        }
    }

    @ParameterizedTest
    @MethodSource("statesOnEveryTransport")
    void hearsADeviceWhenTheGatewayHasStoppedSending(State state, boolean epoll) throws Exception {
        start(state, epoll);
        Future<byte[]> heard = threads.submit(() -> {
            try (Socket peer = gateway.accept()) {
                peer.getOutputStream().write(ANSWER);
                peer.shutdownOutput();
                return peer.getInputStream().readAllBytes();
            }
        });
        try (Socket device = connect()) {
            waitUntilQuiet(state, device);
            assertThat(device.getInputStream().readAllBytes()).isEqualTo(ANSWER);
            device.getOutputStream().write(QUESTION);
            device.shutdownOutput();
            assertThat(heard.get(5, TimeUnit.SECONDS)).isEqualTo(QUESTION);
        }
    }

    private void waitUntilQuiet(State state, Socket device) throws Exception {
        if (!state.isOpening()) {
            proxy.pathOf(device.getLocalSocketAddress()).get(5, TimeUnit.SECONDS);
        }
    }

    /** Both ends send at once and stop when they have sent all: every byte arrives, the last ones too. */
    @ParameterizedTest
    @MethodSource("statesOnEveryTransport")
    void losesNoByteOfATransferInBothDirections(State state, boolean epoll) throws Exception {
        start(state, epoll);
        byte[] sent = new byte[8 << 20];
        new Random(7).nextBytes(sent);
        Future<byte[]> atGateway = threads.submit(() -> {
            try (Socket peer = gateway.accept()) {
                return exchange(peer, sent);
            }
        });
        try (Socket device = connect()) {
            waitUntilQuiet(state, device);
            byte[] atDevice = exchange(device, sent);
            assertThat(Arrays.mismatch(atDevice, sent)).isEqualTo(-1);
            assertThat(Arrays.mismatch(atGateway.get(10, TimeUnit.SECONDS), sent))
                    .isEqualTo(-1);
        }
    }

    private byte[] exchange(Socket socket, byte[] sent) throws Exception {
        Future<byte[]> received = threads.submit(() -> socket.getInputStream().readAllBytes());
        socket.getOutputStream().write(sent);
        socket.shutdownOutput();
        return received.get(10, TimeUnit.SECONDS);
    }
}
