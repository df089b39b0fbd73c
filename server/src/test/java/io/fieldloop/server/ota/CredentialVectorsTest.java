package io.fieldloop.server.ota;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.connection.TokenIssuer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is handed out and what is asked for, byte for byte; each vector was made with python-cryptography and with openssl. */
class CredentialVectorsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "A1, 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f, 11:22:33:44:55:66, 7eb74df0f0422b9ff204d9f1359a740119a71cf94269472264584a36a9d6f282",
        "A2, ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, b3f0c2de-7a55-4f0e-9b0e-2d1f0a9c7e11, 37540429f067321468dac3217678407fb0e1c9d0bbbaae95a1a77bb179d591b0",
        "A3, e8fde47bc10bf01b08da33196ec0462601c8e8afee759bd12ec5ff0b963a245c, 0, 3a140eda6440b36f1c72a83abeba2f6fe45b3ee53c2025bfbfda4b2d284acc49"
    })
    void aDeviceProvesItselfByTheHmacOverItsChallenge(String vector, String key, String challenge, String proof) {
        assertThat(ActivationProof.of(key, challenge)).isEqualTo(proof);
        assertThat(ActivationProof.matches(key, challenge, proof)).isTrue();
        assertThat(ActivationProof.matches(key, challenge + "0", proof)).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "T1, Te1st12134, 11_22_33_44_55_66, 11:22:33:44:55:66, 1767225600, 9J0ZozG-2YhQUjj6A2rXRiCTsK62uMjd-L8XVbeCNnk.1767225600",
        "T2, Te1st12134, 7b94d69a-9808-4c59-9c9b-704333b38aff, 11:22:33:44:55:66, 1767225600, UK4tq9L9bdLitvrTAIZRUvBGcA_x7ixa0wTRAWB90fE.1767225600",
        "T3, s3cr3t, default-client-id, aa:bb:cc:dd:ee:ff, 0, arM7AHLxihzm-whr8KmsvYA65IRlz8gwu5kSS_ucEFc.0"
    })
    void aTokenIsTheHmacOverClientDeviceAndTime(
            String vector, String key, String client, String device, long at, String token) {
        TokenIssuer issuer = new TokenIssuer(key.getBytes(StandardCharsets.UTF_8));
        assertThat(issuer.issue(client, device, Instant.ofEpochSecond(at))).isEqualTo(token);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "GID_bread-compact-wifi; 11:22:33:44:55:66; {\"ip\": \"unknown\"}; eZYCRxK7Ni5ia2HnbEsIDvpvOZrw3TLTtUFbwwj+nT0=",
                "GID_default; aa:bb:cc:dd:ee:ff; {\"ip\":\"192.168.1.15\"}; w3tKeRtLpwlyGHa4sM4QV/zAyl1k8RFH3dtCgNSoQ30=",
                "bread-compact-wifi; 1c:db:d4:c5:3d:f0; {\"ip\":\"0:0:0:0:0:0:0:1\"}; WyVPBmqvZcfioGY7M4qT/spM7w7zGe57QqOLv+JDkJY="
            })
    void anMqttPasswordIsTheHmacOverClientIdAndUserName(String group, String device, String user, String password) {
        assertThat(MqttCredentials.of("Fieldloop-Sign-Key-01", group, device, user)
                        .password())
                .isEqualTo(password);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-99, 0, 100",
        "bytes=100-, 100, 900",
        "bytes=-10, 990, 10",
        "bytes=-5000, 0, 1000",
        "bytes=990-5000, 990, 10",
        "bytes=1000-, 0, 0",
        "bytes=99999999999-, 0, 0",
        "'bytes=0-1,5-6', 0, 1000",
        "bytes=9-5, 0, 1000",
        "bytes=-, 0, 1000",
        "lines=0-5, 0, 1000"
    })
    void aRangeIsOnePartOrEverythingOrNothing(String header, int first, int length) {
        assertThat(ByteRange.asked(header, 1000)).isEqualTo(new ByteRange(first, length));
    }

    @ParameterizedTest
    @CsvSource({
        "1.0.1, 1.0.0, true", "1.0.0, 1.0.0, false", "2.0, 1.9.9, true", "1.0.0, 1.0.1, false", "1.0.0.1, 1.0.0, true",
        "1.0, 1.0.0, false", "v2.0, 1.0.0, false", "latest, 1.0.0, false", "2.0, dev, false", "'', 1.0, false"
    })
    void onlyNumbersAreComparedAndAnythingElseIsNotNewer(String offered, String present, boolean newer) {
        assertThat(Versions.isNewer(offered, present)).isEqualTo(newer);
    }
}
