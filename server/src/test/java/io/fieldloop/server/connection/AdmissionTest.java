package io.fieldloop.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.event.RefusalReason;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who counts as one source. */
final class AdmissionTest {
    private final Admission admission = with(AdmissionConfig.builder().build());

    private static Admission with(AdmissionConfig config) {
        LimitsConfig limits = LimitsConfig.builder().connectionsPerSource(2).build();
        return new Admission(config, limits, new EmbeddedChannel().eventLoop(), event -> {});
    }

    private static InetAddress address(String text) {
        return NetUtil.createInetAddressFromIpAddressString(text);
    }

    @Test
    void aNetworkOf64BitsIsOneSource() {
        assertThat(admission.admit(address("2001:db8:1:1::1"))).isEmpty();
        assertThat(admission.admit(address("2001:db8:1:1::2"))).isEmpty();
        assertThat(admission.admit(address("2001:db8:1:1:ffff::3"))).contains(RefusalReason.TOO_MANY_CONNECTIONS);
        assertThat(admission.admit(address("2001:db8:1:2::1"))).isEmpty();
    }

    @Test
    void whoLeavesMakesRoomForAnotherAddressOfTheNetwork() {
        assertThat(admission.admit(address("2001:db8:1:1::1"))).isEmpty();
        assertThat(admission.admit(address("2001:db8:1:1::2"))).isEmpty();
        admission.release(address("2001:db8:1:1::1"));
        assertThat(admission.admit(address("2001:db8:1:1::3"))).isEmpty();
    }

    @Test
    void exemptAndDeniedNetworksMayBeOfIpv6() {
        Admission exempting = with(AdmissionConfig.builder()
                .exempt(List.of(Cidr.parse("fd00::/8")))
                .deny(List.of(Cidr.parse("2001:db8:bad::/48")))
                .build());
        for (int i = 0; i < 5; i++) {
            assertThat(exempting.admit(address("fd00::1"))).isEmpty();
        }
        assertThat(exempting.admit(address("2001:db8:bad:7::1"))).contains(RefusalReason.ADDRESS_DENIED);
    }
}
