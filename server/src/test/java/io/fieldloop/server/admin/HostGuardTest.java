package io.fieldloop.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.server.connection.GatewayConfigException;
import java.net.InetSocketAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostGuardTest {
    private final HostGuard onLoopback = new HostGuard(AdminConfig.onLoopback(0));

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:8080", "127.9.9.9", "[::1]:8080", "a.localhost"})
    void admitsWhatCanOnlyBeLoopback(String host) {
        assertThat(onLoopback.admits(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "192.168.1.10",
                "[::1",
                "::"
            })
    void refusesEveryOtherName(String host) {
        assertThat(onLoopback.admits(host)).isFalse();
    }

    @Test
    void beyondLoopbackAnswersAddressesAndConfiguredNames() {
        HostGuard guard =
                new HostGuard(new AdminConfig(new InetSocketAddress("0.0.0.0", 0), true, Set.of("gateway.lan")));
        assertThat(guard.admits("192.168.1.10:8080")).isTrue();
        assertThat(guard.admits("gateway.lan:8080")).isTrue();
        assertThat(guard.admits("evil.example")).isFalse();
    }

    @Test
    void anAddressBeyondLoopbackMustBeAllowed() {
        assertThatThrownBy(() -> new AdminConfig(new InetSocketAddress("0.0.0.0", 0), false, Set.of()))
                .isInstanceOf(GatewayConfigException.class)
                .hasMessage(
                        "The admin listener has no login and will not listen on 0.0.0.0; use 127.0.0.1, or allow it beyond loopback.");
    }
}
