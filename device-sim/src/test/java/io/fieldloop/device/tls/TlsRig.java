package io.fieldloop.device.tls;

import io.fieldloop.device.tls.crypto.SharedArithmetic;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** A device's TLS settings with the defaults of these tests, to be changed one by one. */
final class TlsRig {

    private ClientHelloShape shape = ClientHelloShape.ESP_IDF_5;
    private String serverName = TestPki.HOST;
    private List<X509Certificate> anchors = List.of();
    private Verification verification = Verification.CHAIN_AND_NAME;
    private boolean checksDates = true;
    private Instant clock = TestPki.NOW;
    private HeapBudget heap = HeapBudget.espIdf(160_000);
    private SecureRandom random = TestPki.seeded(7);

    static TlsRig config() {
        return new TlsRig();
    }

    TlsRig shape(ClientHelloShape value) {
        shape = value;
        return this;
    }

    private KeptSessions sessions = new KeptSessions();

    TlsRig serverName(String value) {
        serverName = value;
        return this;
    }

    TlsRig trusts(X509Certificate... values) {
        anchors = List.of(values);
        return this;
    }

    TlsRig verification(Verification value) {
        verification = value;
        return this;
    }

    TlsRig checksDates(boolean value) {
        checksDates = value;
        return this;
    }

    TlsRig clock(Instant value) {
        clock = value;
        return this;
    }

    TlsRig heap(HeapBudget value) {
        heap = value;
        return this;
    }

    TlsRig seed(long value) {
        random = TestPki.seeded(value);
        return this;
    }

    TlsRig sessions(KeptSessions value) {
        sessions = value;
        return this;
    }

    TlsClientConfig build() {
        Instant now = clock;
        return new TlsClientConfig(
                shape,
                serverName,
                anchors,
                verification,
                checksDates,
                () -> now,
                heap,
                null,
                sessions,
                random,
                SharedArithmetic.none());
    }
}
