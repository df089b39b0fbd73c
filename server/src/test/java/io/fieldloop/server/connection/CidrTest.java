package io.fieldloop.server.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.128, true",
        "192.0.2.7, 192.0.2.7, true",
        "0.0.0.0/0, 203.0.113.1, true",
        "fd00::/8, fd12::1, true",
        "fd00::/8, 10.0.0.1, false"
    })
    void containsWhatSharesThePrefix(String network, String address, boolean contained) throws UnknownHostException {
        assertThat(Cidr.parse(network).contains(InetAddress.getByName(address))).isEqualTo(contained);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/33, its prefix length must be 0 to 32",
        "gateway.test/8, it does not begin with an IP address",
        "10.0.0.0/x, what follows the slash must be a number"
    })
    void saysInOneSentenceWhatIsWrong(String text, String why) {
        assertThatThrownBy(() -> Cidr.parse(text))
                .isInstanceOf(GatewayConfigException.class)
                .hasMessage("\"" + text + "\" is no network: " + why + "; write it as 10.0.0.0/8 or fd00::/8.");
    }

    @Test
    void readsBackAsWritten() {
        assertThat(Cidr.parse("10.0.0.0/8")).hasToString("10.0.0.0/8");
    }
}
