package io.fieldloop.device.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerNameMatcherTest {

    private static final TestPki PKI = new TestPki(5);

    @ParameterizedTest
    @CsvSource({
        "host.test, host.test, true",
        "HOST.Test, host.tEST, true",
        "*.test, host.test, true",
        "*.example.test, gateway.example.test, true",
        "*.example.test, a.b.example.test, false",
        "*.test, test, false",
        "*.test, .test, false",
        "h*.test, host.test, false",
        "host.test, host.test.evil.test, false",
        "10.0.0.1, 10.0.0.1, true"
    })
    void alternativeNames(String pattern, String host, boolean matches) {
        ChainCertificate leaf = leaf(PKI.ecLeaf(pattern, TestPki.valid()));

        assertThat(ServerNameMatcher.matches(leaf.holder(), host)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1, true",
        "10.0.0.1, 10.0.0.2, false",
        "::1, 0:0:0:0:0:0:0:1, true",
        "::1, face, false"
    })
    void addresses(String address, String host, boolean matches) {
        ChainCertificate leaf = leaf(PKI.addressLeaf(address));

        assertThat(ServerNameMatcher.matches(leaf.holder(), host)).isEqualTo(matches);
    }

    @Test
    void commonNameCountsOnlyWithoutAlternativeNames() {
        assertThat(ServerNameMatcher.matches(
                        leaf(PKI.commonNameLeaf("host.test")).holder(), "host.test"))
                .isTrue();
        assertThat(ServerNameMatcher.matches(leaf(PKI.addressLeaf("10.0.0.1")).holder(), "leaf"))
                .as("CN=leaf next to an alternative name")
                .isFalse();
    }

    private static ChainCertificate leaf(TestPki.Chain chain) {
        return ChainCertificate.of(chain.certificates().get(0));
    }
}
