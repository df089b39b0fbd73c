package io.fieldloop.device.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.device.tls.TlsTrait;
import org.junit.jupiter.api.Test;

class DeviceProfileTest {

    @Test
    void listsItsNames() {
        assertThat(DeviceProfile.names())
                .containsExactly(
                        "xiaozhi-wifi",
                        "xiaozhi-wifi-strict-time",
                        "xiaozhi-wifi-low-memory",
                        "xiaozhi-wifi-small-records",
                        "xiaozhi-wifi-asks-small-records",
                        "xiaozhi-wifi-tls13",
                        "xiaozhi-wifi-mbedtls-3.6.2",
                        "xiaozhi-wifi-net-3.7",
                        "xiaozhi-wifi-2.2",
                        "xiaozhi-ml307",
                        "xiaozhi-ml307-net-3.7",
                        "xiaozhi-ml307-locked-send",
                        "xiaozhi-ml307-tls-always",
                        "xiaozhi-ml307-tls-on-443",
                        "esp-idf-websocket",
                        "esp-idf-websocket-1.5",
                        "esp-idf-websocket-case-sensitive",
                        "esp-mqtt",
                        "strict-rfc6455");
        assertThat(DeviceProfile.names())
                .allSatisfy(name -> assertThat(DeviceProfile.named(name).name()).isEqualTo(name));
    }

    @Test
    void anUnknownNameSaysWhichWasProbablyMeant() {
        assertThatThrownBy(() -> DeviceProfile.named("xiaozhi-wfi"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Unknown device profile 'xiaozhi-wfi': did you mean 'xiaozhi-wifi'?");
    }

    @Test
    void stockFirmwareAcceptsExpiredCertificatesAndTheModemAcceptsAny() {
        assertThat(DeviceProfile.named("xiaozhi-wifi").tls().checksDates()).isFalse();
        assertThat(DeviceProfile.named("xiaozhi-wifi").tls().verifies()).isTrue();
        assertThat(DeviceProfile.named("xiaozhi-wifi-strict-time").tls().checksDates())
                .isTrue();
        assertThat(DeviceProfile.named("xiaozhi-ml307").tls().verifies()).isFalse();
        assertThat(DeviceProfile.named("xiaozhi-wifi")
                        .withChecksDates(true)
                        .tls()
                        .checksDates())
                .isTrue();
    }

    @Test
    void onlyFirmwareBeforeMbedtls363JoinsNoHandshakeFragments() {
        assertThat(DeviceProfile.names())
                .filteredOn(name ->
                        !DeviceProfile.named(name).tls().hello().traits().contains(TlsTrait.JOINS_FRAGMENTS))
                .containsExactly("xiaozhi-wifi-mbedtls-3.6.2");
    }

    @Test
    void oldModemFirmwareDoesNotGoByTheScheme() {
        TlsUse always = DeviceProfile.named("xiaozhi-ml307-tls-always").tls().use();
        TlsUse onPort443 = DeviceProfile.named("xiaozhi-ml307-tls-on-443").tls().use();

        assertThat(always.applies(false, 8000)).isTrue();
        assertThat(onPort443.applies(true, 8902)).isFalse();
        assertThat(onPort443.applies(false, 443)).isTrue();
        assertThat(DeviceProfile.named("xiaozhi-ml307").tls().use().applies(true, 8902))
                .isTrue();
    }
}
