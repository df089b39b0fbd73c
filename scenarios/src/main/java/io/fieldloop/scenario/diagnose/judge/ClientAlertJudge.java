package io.fieldloop.scenario.diagnose.judge;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.tls.Alert;
import io.fieldloop.scenario.diagnose.tls.ClientHello;
import io.fieldloop.scenario.diagnose.tls.ServerHello;
import io.fieldloop.scenario.diagnose.tls.TlsConversation;
import io.fieldloop.scenario.diagnose.tls.TlsWords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Judges an alert of the client by what the server had sent it, as mbedTLS chooses the number. */
final class ClientAlertJudge {
    private final Scene scene;
    private final TlsConversation tls;
    private final ChainSight chain;

    ClientAlertJudge(Scene scene, TlsConversation tls) {
        this.scene = scene;
        this.tls = tls;
        ClientHello hello = tls.clientHello();
        chain = new ChainSight(
                tls.chain(),
                hello == null ? null : hello.serverName(),
                scene.tcp().first());
    }

    Cause judge(Alert alert) {
        return switch (alert.number()) {
            case 42 ->
                chain.hasName()
                        ? Scene.likely(
                                FailureReason.CERTIFICATE_UNTRUSTED,
                                "the device's console: -0x3A00 is a curve, -0x3C80 an algorithm that it was built without",
                                shown(
                                        alert,
                                        "the name fits, so it is a certificate of the chain that the client cannot use"))
                        : certificate(alert, FailureReason.CERTIFICATE_NAME_MISMATCH, chain.name());
            case 43 -> certificate(alert, FailureReason.CERTIFICATE_UNTRUSTED, chain.use());
            case 45 -> certificate(alert, FailureReason.CERTIFICATE_EXPIRED, chain.expiry());
            case 46 ->
                chain.weakness().isEmpty()
                        ? certificate(alert, FailureReason.CERTIFICATE_NOT_YET_VALID, chain.start())
                        : certificate(alert, FailureReason.CERTIFICATE_UNTRUSTED, chain.weakness());
            case 48 -> certificate(alert, FailureReason.CERTIFICATE_UNTRUSTED, chain.trust());
            case 49 ->
                Scene.likely(
                        FailureReason.CERTIFICATE_UNTRUSTED,
                        "the device's console: -0x3000 is ESP-IDF's certificate bundle, which has no root for the chain",
                        shown(
                                alert,
                                chain.trust().isEmpty() ? "the client's own check refused the chain" : chain.trust()));
            case 47 ->
                tls.isPssRefused()
                        ? Scene.likely(
                                FailureReason.HANDSHAKE_FAILURE,
                                "the device's console: -0x6600 (BAD_INPUT_DATA) is this",
                                shown(
                                        alert,
                                        "mbedTLS 3.6.6 and 4.1.0 built with TLS 1.3 offer RSA-PSS and refuse it in TLS 1.2,"
                                                + " with which OpenSSL signs"))
                        : certain(alert, FailureReason.HANDSHAKE_FAILURE, "the client refuses what the server sent");
            case 51 ->
                certificate(
                        alert,
                        FailureReason.CERTIFICATE_KEY_MISMATCH,
                        "the signature over the handshake does not fit the key in the certificate");
            case 70 -> certain(alert, FailureReason.PROTOCOL_VERSION, versions());
            case 80 ->
                Scene.likely(
                        FailureReason.HEAP_EXHAUSTED,
                        "the device's console: -0x7F00 (mbedTLS 4: -0x008D) is memory, anything else is another fault of its own",
                        shown(
                                alert,
                                "the client failed by itself; the chain has " + chain.bytes()
                                        + " bytes, for which devices most often lack memory"));
            case Alert.UNREADABLE_NUMBER ->
                Scene.possible(
                        FailureReason.CERTIFICATE_UNTRUSTED,
                        "a key log (--keylog), or the device's console: the alert's number is encrypted",
                        shown(alert, "the client refused what the server had sent"));
            default -> certain(alert, FailureReason.HANDSHAKE_FAILURE, "the client refuses what the server sent");
        };
    }

    private Cause certain(Alert alert, FailureReason reason, String says) {
        return Scene.certain(reason, shown(alert, says));
    }

    /** The alert names the defect; whether the chain in the capture shows it, too, makes the difference to a guess. */
    private Cause certificate(Alert alert, FailureReason reason, String says) {
        boolean shows = !says.isEmpty();
        List<Evidence> evidence = new ArrayList<>(List.of(shown(alert, shows ? says : chain.unseen())));
        boolean byDate =
                reason == FailureReason.CERTIFICATE_EXPIRED || reason == FailureReason.CERTIFICATE_NOT_YET_VALID;
        if (byDate && !shows) {
            ClientShape.clock(tls.clientHello())
                    .ifPresent(clock -> evidence.add(scene.see(
                            tls.messages().get(0).at(),
                            "client: its clock, by its ClientHello, is at " + clock,
                            "and the packet is of "
                                    + Instant.ofEpochSecond(alert.at().nanos() / 1_000_000_000L))));
        }
        return new Cause(
                reason.wireName(),
                shows ? Confidence.CERTAIN : Confidence.LIKELY,
                evidence,
                shows
                        ? List.of()
                        : List.of(
                                "the device's console: the line behind Certificate verification failed names the flag"));
    }

    private Evidence shown(Alert alert, String says) {
        return scene.see(
                alert.at(), "client: alert " + (alert.isReadable() ? alert.number() + " " : "") + alert.name(), says);
    }

    private String versions() {
        ServerHello hello = tls.serverHello();
        return hello == null
                ? "the client takes no version that the server offers"
                : "the server chose " + TlsWords.version(hello.version()) + ", which the client does not take";
    }
}
