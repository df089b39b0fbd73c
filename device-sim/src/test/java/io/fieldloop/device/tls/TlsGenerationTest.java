package io.fieldloop.device.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the release lines offer, and which number they print for one and the same fault. */
class TlsGenerationTest {

    @Test
    void areToldOldestFirst() {
        assertThat(TlsGeneration.all())
                .extracting(TlsGeneration::name)
                .containsExactly("idf-4.4", "idf-5.0", "idf-5.1", "idf-5.2", "idf-5.3", "idf-5.4", "idf-5.5", "idf-6");
    }

    @Test
    void noLineOffersTls13UnlessBuiltWithIt() {
        assertThat(TlsGeneration.all())
                .allSatisfy(line -> assertThat(line.stock().versions()).doesNotContain("TLSv1.3"));
        assertThat(TlsGeneration.named("idf-5.5").withTls13().versions()).containsExactly("TLSv1.3", "TLSv1.2");
    }

    /** As mbedTLS 3.6's ssl_write_client_hello_body does where propose_tls12 is 0. */
    @Test
    void builtForTls13AloneItOffersNothingOfTls12() {
        ClientHelloShape both = TlsGeneration.named("idf-5.5").withTls13();
        ClientHelloShape alone = both.withVersions(List.of("TLSv1.3"));

        assertThat(alone.cipherSuites()).containsExactly(0x1302, 0x1301, 0x00ff);
        assertThat(alone.extensions()).containsExactly(0, 43, 51, 45, 10, 13);
        assertThat(alone.askingSmallRecords()).isEqualTo(alone);
        assertThat(both.askingSmallRecords().extensions()).contains(1);
        assertThat(both.stampsClock()).isFalse();
        assertThat(TlsGeneration.named("idf-5.5").stock().stampsClock()).isTrue();
    }

    @Test
    void withoutP384ItIsNeitherOfferedAsGroupNorAsSignatureOfTls13() {
        ClientHelloShape tls12 = TlsGeneration.named("idf-5.5").stock().withoutP384();
        ClientHelloShape tls13 = TlsGeneration.named("idf-5.5").withTls13().withoutP384();

        assertThat(tls12.groups()).containsExactly(0x0017, 0x0019);
        assertThat(tls12.signatureSchemes()).contains(0x0503);
        assertThat(tls13.signatureSchemes()).doesNotContain(0x0503);
    }

    @Test
    void esp6OffersNoKeyExchangeWithoutEphemeralCurve() {
        assertThat(TlsGeneration.named("idf-6").stock().cipherSuites())
                .hasSize(25)
                .doesNotContain(0x009d, 0xc02e, 0x009f)
                .contains(0xc02b, 0x00ff);
    }

    @ParameterizedTest
    @CsvSource({
        "SSL_ALLOC_FAILED, -0x7F00, -0x008D",
        "SSL_BAD_INPUT_DATA, -0x7100, -0x0087",
        "ECP_VERIFY_FAILED, -0x4E00, -0x0095",
        "SSL_FATAL_ALERT_MESSAGE, -0x7780, -0x7780"
    })
    void mbedTls4PrintsPsasNumbers(MbedTlsCode code, String before, String since) {
        assertThat(code.logged(false)).isEqualTo(before);
        assertThat(code.logged(true)).isEqualTo(since);
    }
}
