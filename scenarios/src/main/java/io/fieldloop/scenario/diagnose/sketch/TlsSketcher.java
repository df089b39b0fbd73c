package io.fieldloop.scenario.diagnose.sketch;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.diagnose.judge.ChainSight;
import io.fieldloop.scenario.diagnose.judge.ClientShape;
import io.fieldloop.scenario.diagnose.judge.Scene;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.scenario.diagnose.tls.Alert;
import io.fieldloop.scenario.diagnose.tls.ClientHello;
import io.fieldloop.scenario.diagnose.tls.Message;
import io.fieldloop.scenario.diagnose.tls.ServerHello;
import io.fieldloop.scenario.diagnose.tls.TlsConversation;
import io.fieldloop.scenario.diagnose.tls.TlsWords;
import io.fieldloop.server.pki.Defect;
import io.fieldloop.server.pki.KeyKind;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns a captured handshake that failed into what the gateway is to do in it. */
final class TlsSketcher {
    private static final int RECORD_BYTES = 16_384;
    private static final int FRAGMENT_BYTES = 512;
    private static final int HANDSHAKE_FAILURE = 40;
    private static final int P384 = 0x0018;

    private final Scene scene;
    private final Sketch sketch;
    private final String because;
    private final @Nullable TlsConversation tls;

    TlsSketcher(Scene scene, Sketch sketch, String because) {
        this.scene = scene;
        this.sketch = sketch;
        this.because = because;
        tls = scene.said().tls();
    }

    boolean sketch(FailureReason reason) {
        if (tls == null) {
            return false;
        }
        switch (reason) {
            case TCP_RESET -> at("reset");
            case TLS_EOF -> at("close");
            case TLS_TIMEOUT -> at("stall");
            case TLS_NOT_TLS ->
                sketch.fault(
                        "{ do: answer-plain-text, text: "
                                + Sketch.quoted(new String(tls.server().insteadOfTls(), StandardCharsets.ISO_8859_1))
                                + " }",
                        because);
            case UNRECOGNIZED_NAME, PEER_ALERT -> alert(tls);
            case PROTOCOL_VERSION, HANDSHAKE_FAILURE -> refused(tls);
            case HEAP_EXHAUSTED -> sketch.gateway("certificate: { defect: long-chain }", because);
            default -> certificate(reason, tls);
        }
        return true;
    }

    /** The handshake ends before the message that was to come next. */
    private void at(String how) {
        String next = next();
        String before = how.equals("stall") ? "{ do: stall-tls }" : "{ do: " + how + "-in-tls }";
        if (scene.tcp().ends().serverPort() != DeviceSketcher.PLAIN_PORT) {
            sketch.fault(
                    next.equals("server-hello") ? before : "{ do: " + how + "-at-message, at: " + next + " }", because);
        }
        versions();
    }

    private String next() {
        Message last = tls == null
                ? null
                : tls.messages().stream()
                        .filter(message -> !message.fromClient())
                        .reduce((one, other) -> other)
                        .orElse(null);
        if (last == null) {
            return "server-hello";
        }
        return switch (last.name()) {
            case "ServerHello", "EncryptedExtensions" -> "certificate";
            case "Certificate" -> "server-key-exchange";
            case "ServerKeyExchange" -> "server-hello-done";
            case "ServerHelloDone" -> tls != null && tls.server().isProtected() ? "finished" : "change-cipher-spec";
            default -> "finished";
        };
    }

    /** The version that was chosen, where one was. */
    private void versions() {
        ServerHello hello = tls == null ? null : tls.serverHello();
        if (hello != null) {
            sketch.gateway("tls: [" + TlsWords.version(hello.version()) + "]", "the server chose it");
        }
    }

    private void refused(TlsConversation one) {
        Optional<Alert> server = one.alerts().stream()
                .filter(alert -> !alert.fromClient() && alert.fatal())
                .findFirst();
        if (server.isPresent()) {
            alert(one);
        } else if (one.isPssRefused()) {
            sketch.gateway("rsa-signature: pss", because);
            versions();
        } else if (one.largestMessage() > RECORD_BYTES) {
            // The chain itself does it.
            versions();
        } else if (one.server().fragmented() != null) {
            // Less than a message's header no mbedTLS joins (ssl_prepare_handshake_record).
            int bytes = Math.min(FRAGMENT_BYTES, one.server().shortestHandshake());
            sketch.fault("{ do: fragment-handshake, bytes: " + (bytes < 4 ? bytes : FRAGMENT_BYTES) + " }", because);
        } else if (one.server().largestRecord() > 4096 && one.alerts().isEmpty()) {
            sketch.gateway("certificate: { defect: long-chain }", because);
        } else {
            versions();
        }
    }

    private void alert(TlsConversation one) {
        int number = one.alerts().stream()
                .filter(alert -> !alert.fromClient() && alert.fatal())
                .map(Alert::number)
                .findFirst()
                .orElse(0);
        String next = next();
        if (one.isTls13() && number == HANDSHAKE_FAILURE && next.equals("certificate")) {
            // RFC 8446 section 4.4.2.2: before its certificate a server refuses because it has none for this client.
            sketch.gateway("certificate: { key: ed25519 }", because + "; assumed: a key that the client cannot verify");
            versions();
            return;
        }
        sketch.fault(
                next.equals("server-hello")
                        ? "{ do: send-alert, alert: " + number + " }"
                        : "{ do: alert-at-message, at: " + next + ", alert: " + number + " }",
                because);
        versions();
    }

    private void certificate(FailureReason reason, TlsConversation one) {
        List<X509Certificate> chain = one.chain();
        versions();
        if (chain.isEmpty()) {
            sketch.gateway(
                    "certificate: { defect: " + usual(reason) + " }",
                    "the chain could not be read; this is the usual defect");
            return;
        }
        ChainSight sight = new ChainSight(chain, asked(one), scene.tcp().first());
        chain(defect(reason, one, sight), because);
        if (reason == FailureReason.CERTIFICATE_EXPIRED || reason == FailureReason.CERTIFICATE_NOT_YET_VALID) {
            sketch.device("checks-dates: true", "the client refuses by date");
            clock(reason, sight);
        }
    }

    /** Where the chain is good at the time of its packets, the device's clock is not. */
    private void clock(FailureReason reason, ChainSight sight) {
        Optional<Instant> own = ClientShape.clock(tls == null ? null : tls.clientHello());
        if (own.isPresent() && sight.expiry().isEmpty() && sight.start().isEmpty()) {
            sketch.device(
                    "clock: " + ChainSketch.offset(now(), own.get()),
                    "by its ClientHello; the chain is valid at the time of its packets");
        } else if (reason == FailureReason.CERTIFICATE_EXPIRED && sight.expiry().isEmpty()) {
            sketch.device("clock: +3650d", "the chain has not expired at the time of its packets");
        } else if (reason == FailureReason.CERTIFICATE_NOT_YET_VALID
                && sight.start().isEmpty()) {
            sketch.device("clock: -3650d", "the chain is valid at the time of its packets");
        }
    }

    /** The chain as it was sent, whatever became of the connection; nothing where it could not be read. */
    void chain() {
        chain(Defect.NONE, "");
    }

    private void chain(Defect defect, String why) {
        List<X509Certificate> chain = tls == null ? List.of() : tls.chain();
        if (tls == null || chain.isEmpty()) {
            return;
        }
        ChainSketch shape = new ChainSketch(chain, asked(tls), now());
        Defect told = defect == Defect.NONE && !shape.isLinked() ? Defect.WRONG_ORDER : defect;
        int bytes = new ChainSight(chain, null, scene.tcp().first()).bytes();
        String yaml = shape.yaml(told, bytes);
        if (!yaml.isEmpty()) {
            Moment sent = tls.messages().stream()
                    .filter(message -> !message.fromClient() && message.name().equals("Certificate"))
                    .map(Message::at)
                    .findFirst()
                    .orElse(scene.tcp().first());
            sketch.gateway(
                    "certificate: " + yaml,
                    (why.isEmpty() ? "" : why + "; ") + "packet " + sent.packet() + ": a chain of " + chain.size()
                            + " with " + bytes + " bytes");
        }
    }

    private Instant now() {
        return Instant.ofEpochSecond(0, scene.tcp().first().nanos());
    }

    private static @Nullable String asked(TlsConversation one) {
        ClientHello hello = one.clientHello();
        return hello == null ? null : hello.serverName();
    }

    /** What the chain's shape does not show by itself. */
    private static Defect defect(FailureReason reason, TlsConversation one, ChainSight sight) {
        return switch (reason) {
            case CERTIFICATE_NAME_MISMATCH -> sight.nameDefect();
            case CERTIFICATE_EXPIRED, CERTIFICATE_NOT_YET_VALID -> Defect.NONE;
            case CERTIFICATE_KEY_MISMATCH -> Defect.KEY_MISMATCH;
            default -> untrusted(one, sight);
        };
    }

    private static Defect untrusted(TlsConversation one, ChainSight sight) {
        List<X509Certificate> chain = one.chain();
        X509Certificate leaf = chain.get(0);
        Defect use = sight.useDefect();
        if (use != Defect.NONE) {
            return use;
        } else if (chain.size() == 1) {
            return ChainSketch.isSelfSigned(leaf) ? Defect.SELF_SIGNED : Defect.MISSING_INTERMEDIATE;
        }
        ClientHello hello = one.clientHello();
        boolean unknownCurve = hello != null
                && !hello.groups().contains(P384)
                && new ChainSketch(chain, null, Instant.EPOCH).hasKey(KeyKind.P384);
        // Where a link of the chain is signed with SHA-1 its line says so already.
        return sight.weakness().isEmpty() && !unknownCurve ? Defect.FOREIGN_CA : Defect.NONE;
    }

    private static String usual(FailureReason reason) {
        return switch (reason) {
            case CERTIFICATE_EXPIRED -> "expired";
            case CERTIFICATE_NOT_YET_VALID -> "not-yet-valid";
            case CERTIFICATE_NAME_MISMATCH -> "wrong-name";
            default -> "foreign-ca";
        };
    }
}
