package io.fieldloop.scenario.diagnose.judge;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.tls.CipherSuiteNames;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.scenario.diagnose.tls.Alert;
import io.fieldloop.scenario.diagnose.tls.ClientHello;
import io.fieldloop.scenario.diagnose.tls.Message;
import io.fieldloop.scenario.diagnose.tls.ServerHello;
import io.fieldloop.scenario.diagnose.tls.TlsConversation;
import io.fieldloop.scenario.diagnose.tls.TlsWords;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.tls.NamedGroup;
import org.jspecify.annotations.Nullable;

/** Judges a TLS handshake that did not come to its end. */
final class TlsJudge {
    private static final int CLOSE_NOTIFY = 0;
    private static final int HANDSHAKE_FAILURE = 40;
    private static final int PROTOCOL_VERSION = 70;
    private static final int UNRECOGNIZED_NAME = 112;
    private static final int SMALL_RECORD_BYTES = 4096;
    private static final int RECORD_BYTES = 16_384;

    private final Scene scene;
    private final TlsConversation tls;

    TlsJudge(Scene scene, TlsConversation tls) {
        this.scene = scene;
        this.tls = tls;
    }

    /** Why the handshake failed, or null where it did not. */
    @Nullable
    Cause judge() {
        Moment notTls = tls.server().notTls();
        if (notTls != null && tls.serverHello() == null) {
            return notTls(notTls);
        }
        if (tls.isEstablished()) {
            return null;
        }
        Optional<Alert> ofServer = tls.alerts().stream()
                .filter(alert -> !alert.fromClient() && (alert.fatal() || !isEndedLater(alert)))
                .findFirst();
        Optional<Alert> ofClient = tls.alerts().stream()
                .filter(alert -> alert.fromClient() && alert.number() != CLOSE_NOTIFY)
                .findFirst();
        if (ofClient.isPresent()) {
            return new ClientAlertJudge(scene, tls).judge(ofClient.get());
        }
        return ofServer.isPresent() && ofServer.get().fatal() && ofServer.get().isReadable()
                ? serverAlert(ofServer.get())
                : broken();
    }

    /** An end that says by an alert what was wrong with what came; null where it ended otherwise. */
    @Nullable
    Cause alertInSession() {
        return tls.alerts().stream()
                .filter(alert -> alert.fatal() && alert.isReadable() && alert.number() != CLOSE_NOTIFY)
                .findFirst()
                .map(alert -> Scene.certain(
                        FailureReason.CONNECTION_LOST,
                        scene.see(
                                alert.at(),
                                (alert.fromClient() ? "client" : "server") + ": fatal alert " + alert.number() + " "
                                        + alert.name(),
                                "in the open connection, about what it had received")))
                .orElse(null);
    }

    /** A warning that the handshake went on after says nothing about its end. */
    private boolean isEndedLater(Alert alert) {
        Message last = tls.lastMessage();
        return last != null && last.at().compareTo(alert.at()) > 0;
    }

    private Cause notTls(Moment at) {
        String first = new String(tls.server().insteadOfTls(), StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .orElse("");
        return Scene.certain(
                FailureReason.TLS_NOT_TLS,
                scene.see(
                        at,
                        "server: " + first,
                        "the answer to the ClientHello is no TLS: port "
                                + scene.tcp().ends().serverPort() + " speaks something else"));
    }

    private Cause serverAlert(Alert alert) {
        FailureReason reason = switch (alert.number()) {
            case PROTOCOL_VERSION -> FailureReason.PROTOCOL_VERSION;
            case HANDSHAKE_FAILURE -> FailureReason.HANDSHAKE_FAILURE;
            case UNRECOGNIZED_NAME -> FailureReason.UNRECOGNIZED_NAME;
            default -> FailureReason.PEER_ALERT;
        };
        return Scene.certain(
                reason,
                scene.see(
                        alert.at(),
                        "server: fatal alert " + alert.number() + " " + alert.name(),
                        "sent after " + last() + saysAbout(reason)));
    }

    private String saysAbout(FailureReason reason) {
        ClientHello hello = tls.clientHello();
        if (hello == null) {
            return "";
        }
        String name = hello.serverName();
        return switch (reason) {
            case PROTOCOL_VERSION -> "; the client offers nothing newer than " + TlsWords.version(hello.newest());
            case HANDSHAKE_FAILURE ->
                "; the client offers " + hello.suites().size() + " cipher suites, first "
                        + (hello.suites().isEmpty()
                                ? "none"
                                : CipherSuiteNames.of(hello.suites().get(0)))
                        + ", and the groups "
                        + hello.groups().stream().map(NamedGroup::getName).collect(Collectors.joining(", "))
                        + (asksForCertificate() ? ", and the server asked for a client certificate" : "");
            case UNRECOGNIZED_NAME -> name == null ? "; the client names no server" : "; the client asks for " + name;
            default -> "";
        };
    }

    private boolean asksForCertificate() {
        return tls.messages().stream().anyMatch(message -> message.name().equals("CertificateRequest"));
    }

    private String last() {
        Message last = tls.lastMessage();
        return last == null
                ? "nothing that could be read"
                : (last.fromClient() ? "the client's " : "its ") + last.name();
    }

    /** No alert tells why. */
    private @Nullable Cause broken() {
        if (tls.lastMessage() == null
                && scene.client().missing() + scene.server().missing() > 0) {
            return null; // what the capture lacks may say anything
        }
        Moment serverEnd = scene.serverEnd();
        if (serverEnd != null && scene.isEndedByServer()) {
            return Scene.certain(
                    scene.isReset() ? FailureReason.TCP_RESET : FailureReason.TLS_EOF,
                    scene.serverEnding(serverEnd),
                    scene.see(
                            lastSeen(),
                            "last message: " + last(),
                            "the handshake had come so far, and no alert says why"));
        }
        if (scene.isPatienceOver() || scene.isLeftWaiting()) {
            return Scene.certain(
                    FailureReason.TLS_TIMEOUT,
                    scene.see(lastSeen(), "last message: " + last(), "after it the server said nothing more"),
                    scene.ending());
        }
        return scene.isEndedByClient() ? refusedInSilence() : null;
    }

    private Moment lastSeen() {
        Message last = tls.lastMessage();
        return last == null ? scene.tcp().first() : last.at();
    }

    /** The client hung up at once, and sent no alert, as mbedTLS does where it cannot even read what came. */
    private Cause refusedInSilence() {
        Moment fragmented = tls.server().fragmented();
        int largest = tls.server().largestRecord();
        if (tls.largestMessage() > RECORD_BYTES) {
            return Scene.likely(
                    FailureReason.HANDSHAKE_FAILURE,
                    "the device's console: -0x7080 is this before mbedTLS 3.6.3, -0x7100 (mbedTLS 4: -0x0087) since",
                    scene.see(
                            lastSeen(),
                            "server: a handshake message of " + tls.largestMessage() + " bytes",
                            "no mbedTLS takes one that is longer than a record, which the chain makes it"),
                    scene.ending());
        }
        if (fragmented != null) {
            return Scene.likely(
                    FailureReason.HANDSHAKE_FAILURE,
                    "the device's console: -0x7080 is this, and mbedTLS before 3.6.3 prints it",
                    scene.see(
                            fragmented,
                            "server: a handshake message cut over several records",
                            "clients with mbedTLS before 3.6.3 do not join it"),
                    scene.ending());
        }
        if (largest > SMALL_RECORD_BYTES) {
            return Scene.likely(
                    FailureReason.HANDSHAKE_FAILURE,
                    "the device's console: -0x7200 is a record longer than the device's buffer (MBEDTLS_SSL_IN_CONTENT_LEN)",
                    scene.see(
                            lastSeen(),
                            "server: a record of " + largest + " bytes",
                            "more than a device with 4 KiB of receive buffer takes"),
                    scene.ending());
        }
        ServerHello hello = tls.serverHello();
        return Scene.possible(
                FailureReason.HANDSHAKE_FAILURE,
                "the device's console: the code behind mbedtls_ssl_handshake",
                scene.see(
                        lastSeen(),
                        "last message: " + last(),
                        hello == null
                                ? ""
                                : "the server chose " + TlsWords.version(hello.version()) + " and "
                                        + CipherSuiteNames.of(hello.suite())),
                scene.ending());
    }
}
