package io.fieldloop.server.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Passwords were made by python-cryptography and checked by the openssl command line. */
class MqttCredentialsTest {
    private static final String KEY = "Fieldloop-Sign-Key-01";

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "M1 single module, GID_bread-compact-wifi@@@11_22_33_44_55_66@@@11_22_33_44_55_66,"
                + " eyJpcCI6ICJ1bmtub3duIn0=, eZYCRxK7Ni5ia2HnbEsIDvpvOZrw3TLTtUFbwwj+nT0=, 11:22:33:44:55:66",
        "M2 manager-api unbound, GID_default@@@aa_bb_cc_dd_ee_ff@@@aa_bb_cc_dd_ee_ff,"
                + " eyJpcCI6IjE5Mi4xNjguMS4xNSJ9, w3tKeRtLpwlyGHa4sM4QV/zAyl1k8RFH3dtCgNSoQ30=, aa:bb:cc:dd:ee:ff",
        "M3 uuid as third part, GID_test@@@11_22_33_44_55_66@@@36c98363-3656-43cb-a00f-8bced2391a90,"
                + " eyJpcCI6IjIyMi4yMjIuMjIyLjIyMiJ9, 3P+Km4BE8SCnoWRhhnFbjTzCkvFyz4SfP9dRp+6j0kY=, 11:22:33:44:55:66",
        "M4 bound: the bare board type, bread-compact-wifi@@@1c_db_d4_c5_3d_f0@@@1c_db_d4_c5_3d_f0,"
                + " eyJpcCI6IjA6MDowOjA6MDowOjA6MSJ9, WyVPBmqvZcfioGY7M4qT/spM7w7zGe57QqOLv+JDkJY=, 1c:db:d4:c5:3d:f0"
    })
    void takesThePasswordsOfTheServersInTheField(
            String form, String clientId, String userName, String password, String deviceId) {
        for (Stance stance : Stance.values()) {
            MqttCredentials credentials = new MqttCredentials(KEY, stance);
            MqttClientId id = MqttClientId.of(clientId);
            assertThat(id.deviceId()).isEqualTo(deviceId);
            assertThat(credentials.refusal(id, userName, bytes(password))).isEmpty();
            assertThat(credentials.refusal(id, userName, bytes(password.toLowerCase(java.util.Locale.ROOT))))
                    .contains(RefusalReason.CREDENTIALS_MISMATCH);
            assertThat(credentials.refusal(id, null, null)).contains(RefusalReason.CREDENTIALS_MISSING);
        }
    }

    @Test
    void aClientIdOfTwoPartsNeedsNoPasswordInCompat() {
        MqttClientId old = MqttClientId.of("GID_x@@@aa_bb_cc_dd_ee_ff");
        assertThat(old.deviceId()).isEqualTo("aa:bb:cc:dd:ee:ff");
        assertThat(new MqttCredentials(KEY, Stance.COMPAT).refusal(old, null, null))
                .isEmpty();
        assertThat(new MqttCredentials(KEY, Stance.HARDENED).refusal(old, null, null))
                .contains(RefusalReason.CREDENTIALS_MISSING);
    }

    @ParameterizedTest
    @CsvSource({
        "mosqsub",
        "GID_x",
        "GID_x@@@aa:bb:cc:dd:ee:ff@@@u",
        "GID_x@@@aa_bb@@@u",
        "GID_x@@@aa_bb_cc_dd_ee_fg@@@u",
        "GID_x@@@aa_bb_cc_dd_ee_ff_",
        "GID_x@@@aa_bb_cc_dd_ee_ff@@@u@@@v",
        "@@@aa_bb_cc_dd_ee_ff@@@u",
        "a@@@b@@@c@@@d",
        "''"
    })
    void whatNamesNoDeviceIsLetInWhereNothingIsAskedFor(String clientId) {
        MqttClientId id = MqttClientId.of(clientId);
        assertThat(id.deviceId()).isNull();
        assertThat(new MqttCredentials(null, Stance.HARDENED).refusal(id, null, null))
                .isEqualTo(Optional.empty());
        assertThat(new MqttCredentials(KEY, Stance.HARDENED).refusal(id, null, null))
                .contains(RefusalReason.CLIENT_ID_MALFORMED);
        assertThat(new MqttCredentials(null, Stance.COMPAT).refusal(id, null, null))
                .contains(RefusalReason.CLIENT_ID_MALFORMED);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
