package io.fieldloop.scenario.adversary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetPolicyTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.255.255.254", "127.66.1.2", "::1"})
    void allowsLoopback(String address) {
        assertThat(TargetPolicy.LOOPBACK.refusal(new InetSocketAddress(address, 8000)))
                .isEmpty();
    }

    @Test
    void allowsTheVirtualRig() {
        assertThat(TargetPolicy.LOOPBACK.refusal(new LocalAddress("gateway"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "192.168.1.1", "0.0.0.0", "8.8.8.8", "126.255.255.255", "128.0.0.1", "fe80::1"})
    void refusesEverythingElse(String address) {
        assertThat(TargetPolicy.LOOPBACK.refusal(new InetSocketAddress(address, 8000)))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("only to loopback"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.1.1", "fe80::1", "fd00::1"})
    void privateNetworksAreAllowedToWhoRunsAgainstAGatewayThere(String address) {
        assertThat(TargetPolicy.PRIVATE.refusal(new InetSocketAddress(address, 8000)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "192.169.0.1", "100.64.0.1", "2001:db8::1", "0.0.0.0"})
    void whatOthersCanReachNeedsAWord(String address) {
        assertThat(TargetPolicy.PRIVATE.refusal(new InetSocketAddress(address, 8000)))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("--i-own-this-host"));
        assertThat(TargetPolicy.OWNED.refusal(new InetSocketAddress(address, 8000)))
                .isEmpty();
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertThat(TargetPolicy.LOOPBACK.refusal(InetSocketAddress.createUnresolved("localhost", 80)))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("the unresolved name localhost"));
        assertThat(TargetPolicy.LOOPBACK.refusal(null)).isPresent();
    }

    @Test
    void aSocketDialerIsNotEvenMadeForAForeignTarget() {
        EventLoop unused = new DefaultEventLoop();
        try {
            assertThatThrownBy(() -> new SocketProbeDialer(
                            unused, NioSocketChannel::new, Map.of("ws", new InetSocketAddress("192.0.2.1", 8000))))
                    .isInstanceOf(AdversaryConfigException.class)
                    .hasMessageContaining("not to 192.0.2.1");
        } finally {
            unused.shutdownGracefully();
        }
    }
}
