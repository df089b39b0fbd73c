package io.fieldloop.scenario.diagnose.judge;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.scenario.diagnose.tls.Alert;
import io.fieldloop.scenario.diagnose.tls.ClientHello;
import io.fieldloop.scenario.diagnose.tls.Message;
import io.fieldloop.scenario.diagnose.tls.TlsConversation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges an established TLS connection whose inside nobody can read: only its end is in the open. */
final class SealedJudge {
    private static final String KEY_LOG =
            "the same capture with --keylog FILE: what was said inside is encrypted, and nothing outside shows it";
    private static final double EARLY_SECONDS = 3;

    /** Finished and close_notify. */
    private static final int HANDSHAKE_RECORDS_MAX = 2;

    private final Scene scene;
    private final TlsConversation tls;

    SealedJudge(Scene scene, TlsConversation tls) {
        this.scene = scene;
        this.tls = tls;
    }

    /** Empty where it ended in good order or did not end. */
    List<Cause> judge() {
        Message shown = tls.clientCertificate();
        Optional<Alert> alert =
                tls.alerts().stream().filter(one -> !one.fromClient()).findFirst();
        if (shown != null && shown.isWithoutCertificate() && alert.isPresent()) {
            return List.of(withoutCertificate(shown, alert.get()));
        }
        Moment end = scene.serverEnd();
        if (end != null && scene.isEndedByServer()) {
            return endedByServer(end);
        }
        Cause name = hungUpAfterName();
        if (name != null) {
            return List.of(name);
        }
        return scene.isPatienceOver() && ClientShape.isFirmware(tls.clientHello()) ? waited() : List.of();
    }

    /** In TLS 1.3 the client is done before the server judges its certificate; who waits for the answer does not notice. */
    private Cause withoutCertificate(Message certificate, Alert alert) {
        boolean firmware = ClientShape.isFirmware(tls.clientHello());
        return Scene.likely(
                firmware ? FailureReason.UPGRADE_TIMEOUT : FailureReason.CONNECTION_LOST,
                KEY_LOG,
                scene.see(certificate.at(), "client: an empty Certificate", "the server asked for one"),
                scene.see(alert.at(), "server: " + alert.name(), "and so it refuses the client"));
    }

    private List<Cause> endedByServer(Moment end) {
        Evidence ending = scene.serverEnding(end);
        if (scene.isReset()) {
            return List.of(Scene.likely(FailureReason.CONNECTION_LOST, KEY_LOG, ending));
        }
        // Of a client that is no firmware nobody knows what it asked for; a server may close after its answer.
        if (!ClientShape.isFirmware(tls.clientHello())) {
            return List.of();
        }
        boolean early = end.secondsSince(scene.tcp().first()) < EARLY_SECONDS;
        Cause closed = Scene.possible(FailureReason.CLOSED_BY_SERVER, KEY_LOG, ending);
        return early
                ? List.of(Scene.possible(FailureReason.UPGRADE_REFUSED, KEY_LOG, ending), closed)
                : List.of(closed);
    }

    /** Clients that look at the name only when TLS is done say nothing of it: they close before their first word. */
    private @Nullable Cause hungUpAfterName() {
        Moment end = scene.clientEnd();
        ClientHello hello = tls.clientHello();
        String wrong = new ChainSight(
                        tls.chain(),
                        hello == null ? null : hello.serverName(),
                        scene.tcp().first())
                .name();
        return end == null || wrong.isEmpty() || tls.client().protectedRecords() > HANDSHAKE_RECORDS_MAX
                ? null
                : Scene.likely(
                        FailureReason.CERTIFICATE_NAME_MISMATCH,
                        "the client's own words: it closed without an alert",
                        scene.see(end, "client: closes before its first word", wrong));
    }

    private List<Cause> waited() {
        boolean answered = tls.server().protectedRecords() > 2;
        return List.of(Scene.possible(
                answered ? FailureReason.HELLO_TIMEOUT : FailureReason.UPGRADE_TIMEOUT, KEY_LOG, scene.ending()));
    }
}
