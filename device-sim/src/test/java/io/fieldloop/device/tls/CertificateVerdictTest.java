package io.fieldloop.device.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.FailureReason;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Instant;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The measured table of verdicts (TLS reference, "Certificate verdicts"), and what mbedTLS's source adds to it. */
class CertificateVerdictTest {

    private static final TestPki PKI = new TestPki(1);
    private static final TestPki FOREIGN = new TestPki(2);
    private static final String HOST = TestPki.HOST;
    private static final Instant BOOTED = Instant.parse("2000-01-01T00:00:04Z");

    static Stream<Arguments> refusals() {
        TestPki.Chain good = PKI.ecLeaf(HOST, TestPki.valid());
        TestPki.Chain expired = PKI.ecLeaf(HOST, TestPki.expired());
        TestPki.Chain other = PKI.ecLeaf("other.test", TestPki.valid());
        TestPki.Chain expiredOther = PKI.ecLeaf("other.test", TestPki.expired());
        TestPki.Chain self = PKI.selfSigned(HOST, TestPki.valid());
        TestPki.Chain selfExpired = PKI.selfSigned(HOST, TestPki.expired());
        FailureReason untrusted = FailureReason.CERTIFICATE_UNTRUSTED;
        FailureReason wrongName = FailureReason.CERTIFICATE_NAME_MISMATCH;
        return Stream.of(
                refusal("expired", expired, TestPki.NOW, 0x01, 45, FailureReason.CERTIFICATE_EXPIRED),
                refusal("clock at 2000", good, BOOTED, 0x200, 46, FailureReason.CERTIFICATE_NOT_YET_VALID),
                refusal("wrong host", other, TestPki.NOW, 0x04, 42, wrongName),
                refusal("self-signed", self, TestPki.NOW, 0x08, 48, untrusted),
                refusal("another CA", FOREIGN.ecLeaf(HOST, TestPki.valid()), TestPki.NOW, 0x08, 48, untrusted),
                refusal("missing intermediate", good.only(0), TestPki.NOW, 0x08, 48, untrusted),
                refusal("expired and wrong host", expiredOther, TestPki.NOW, 0x05, 42, wrongName),
                refusal("expired, self-signed", selfExpired, TestPki.NOW, 0x09, 45, FailureReason.CERTIFICATE_EXPIRED),
                refusal(
                        "key usage without signatures",
                        PKI.usageLeaf(HOST, KeyUsage.keyAgreement),
                        TestPki.NOW,
                        0x800,
                        43,
                        untrusted),
                refusal("self-signed, clock at 2000", self, BOOTED, 0x208, 48, untrusted));
    }

    private static Arguments refusal(
            String name, TestPki.Chain chain, Instant clock, int flags, int alert, FailureReason reason) {
        return Arguments.of(name, chain, clock, flags, alert, reason);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refusesWithTheMeasuredAlert(
            String name, TestPki.Chain chain, Instant clock, int flags, int alert, FailureReason reason) {
        RecordingDevice device = new RecordingDevice();
        LockstepServer server = new LockstepServer(chain, ProtocolVersion.TLSv12);
        connect(TlsRig.config().trusts(PKI.root()).clock(clock), device, server);

        DeviceTlsException failure = device.failure();
        assertThat(failure.code()).isEqualTo(flags == 0x800 ? "-0x7A00" : "-0x2700");
        assertThat(failure.flags()).as("flags").isEqualTo(flags);
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.alertSent()).isEqualTo(alert);
        assertThat(server.alertsReceived).as("what the server saw").containsExactly(alert);
        assertThat(device.events).isEmpty();
    }

    @Test
    void acceptsGoodChainsOfBothKinds() {
        for (TestPki.Chain chain : new TestPki.Chain[] {
            PKI.ecLeaf(HOST, TestPki.valid()),
            PKI.rsaLeaf(HOST, TestPki.valid()),
            PKI.ecLeaf(HOST, TestPki.valid()).only(0, 1),
            PKI.ecLeaf("*.test", TestPki.valid()),
            PKI.commonNameLeaf(HOST)
        }) {
            assertAccepted(TlsRig.config(), chain);
        }
    }

    @Test
    void withoutDateCheckAcceptsExpiredAndFuture() {
        assertAccepted(TlsRig.config().checksDates(false), PKI.ecLeaf(HOST, TestPki.expired()));
        assertAccepted(TlsRig.config().checksDates(false).clock(BOOTED), PKI.ecLeaf(HOST, TestPki.valid()));
    }

    @Test
    void modemAcceptsEverything() {
        TlsRig modem = TlsRig.config().shape(ClientHelloShape.MODEM_ML307).verification(Verification.NONE);

        assertAccepted(modem, PKI.selfSigned("other.test", TestPki.expired()));
        assertAccepted(modem, PKI.ecLeaf("other.test", TestPki.expired()).only(0));
    }

    @Test
    void acceptsSelfSignedLeafThatIsItselfTheAnchor() {
        TestPki.Chain self = PKI.selfSigned(HOST, TestPki.valid());
        RecordingDevice device = new RecordingDevice();
        connect(
                TlsRig.config().trusts(self.certificates().get(0)),
                device,
                new LockstepServer(self, ProtocolVersion.TLSv12));

        assertThat(device.failures).isEmpty();
        assertThat(device.events).hasSize(1);
    }

    @Test
    void aRootSentAlongDoesNotStandInForTheIntermediate() {
        TestPki.Chain good = PKI.ecLeaf(HOST, TestPki.valid());
        RecordingDevice device = new RecordingDevice();
        TestPki.Chain leafAndRoot = good.only(0, 2);
        connect(TlsRig.config().trusts(PKI.root()), device, new LockstepServer(leafAndRoot, ProtocolVersion.TLSv12));

        assertThat(device.failure().flags()).isEqualTo(CertificateFlags.NOT_TRUSTED);
    }

    private static void assertAccepted(TlsRig rig, TestPki.Chain chain) {
        RecordingDevice device = new RecordingDevice();
        connect(rig.trusts(PKI.root()), device, new LockstepServer(chain, ProtocolVersion.TLSv12));

        assertThat(device.failures).isEmpty();
        assertThat(device.events)
                .singleElement()
                .isInstanceOfSatisfying(
                        TlsEstablished.class,
                        event -> assertThat(event.version()).isEqualTo("TLSv1.2"));
    }

    private static void connect(TlsRig rig, RecordingDevice device, LockstepServer server) {
        EmbeddedChannel channel = new EmbeddedChannel(new DeviceTlsHandler(rig.build()), device);
        server.exchange(channel);
        channel.finishAndReleaseAll();
    }
}
