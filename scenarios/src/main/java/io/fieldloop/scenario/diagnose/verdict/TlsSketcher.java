package io.fieldloop.scenario.diagnose.verdict;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.diagnose.tls.Alert;
import io.fieldloop.scenario.diagnose.tls.ClientHello;
import io.fieldloop.scenario.diagnose.tls.Message;
import io.fieldloop.scenario.diagnose.tls.ServerHello;
import io.fieldloop.scenario.diagnose.tls.TlsConversation;
import io.fieldloop.scenario.diagnose.tls.TlsWords;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns a captured handshake that failed into what the gateway is to do in it. */
final class TlsSketcher {
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
            case CERTIFICATE_KEY_MISMATCH ->
                sketch.gateway("certificate: { defect: key-mismatch" + key(tls) + " }", because);
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
        } else if (one.server().fragmented() != null) {
            sketch.fault("{ do: fragment-handshake, bytes: 512 }", because);
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
        ClientHello hello = one.clientHello();
        ChainSight sight = new ChainSight(
                chain, hello == null ? null : hello.serverName(), scene.tcp().first());
        sketch.gateway(
                "certificate: { " + defect(reason, chain, sight) + key(one) + " }",
                because + "; a chain of " + chain.size() + " with " + sight.bytes() + " bytes");
        if (reason == FailureReason.CERTIFICATE_EXPIRED || reason == FailureReason.CERTIFICATE_NOT_YET_VALID) {
            sketch.device("checks-dates: true", "the client refuses by date");
            clock(reason, sight);
        }
    }

    /** Where the chain is good at the time of its packets, the device's clock is not. */
    private void clock(FailureReason reason, ChainSight sight) {
        if (reason == FailureReason.CERTIFICATE_EXPIRED && sight.expiry().isEmpty()) {
            sketch.device("clock: +3650d", "the chain has not expired at the time of its packets");
        } else if (reason == FailureReason.CERTIFICATE_NOT_YET_VALID
                && sight.start().isEmpty()) {
            sketch.device("clock: -3650d", "the chain is valid at the time of its packets");
        }
    }

    private String defect(FailureReason reason, List<X509Certificate> chain, ChainSight sight) {
        return switch (reason) {
            case CERTIFICATE_NAME_MISMATCH -> "defect: wrong-name";
            case CERTIFICATE_EXPIRED, CERTIFICATE_NOT_YET_VALID -> validity(reason, chain, sight);
            default -> "defect: " + untrusted(chain, sight);
        };
    }

    private String validity(FailureReason reason, List<X509Certificate> chain, ChainSight sight) {
        Instant now = Instant.ofEpochSecond(0, scene.tcp().first().nanos());
        X509Certificate leaf = chain.get(0);
        boolean leafExpired = now.isAfter(leaf.getNotAfter().toInstant());
        if (reason == FailureReason.CERTIFICATE_EXPIRED && !sight.expiry().isEmpty() && !leafExpired) {
            return "defect: expired-intermediate";
        }
        return "valid: [" + offset(now, leaf.getNotBefore().toInstant()) + ", "
                + offset(now, leaf.getNotAfter().toInstant()) + "]";
    }

    private static String offset(Instant now, Instant then) {
        long seconds = Duration.between(now, then).toSeconds();
        return (seconds < 0 ? "-" : "+") + Math.abs(seconds) + "s";
    }

    private static String untrusted(List<X509Certificate> chain, ChainSight sight) {
        X509Certificate top = chain.get(chain.size() - 1);
        boolean self = top.getSubjectX500Principal().equals(top.getIssuerX500Principal());
        String use = sight.use();
        if (use.contains("extended key usage")) {
            return "wrong-purpose";
        } else if (use.contains("SHA-1")) {
            return "sha1-signature";
        } else if (use.contains("RSA key")) {
            return "rsa-1024";
        } else if (chain.size() == 1) {
            return self ? "self-signed" : "missing-intermediate";
        }
        return "foreign-ca";
    }

    private static String usual(FailureReason reason) {
        return switch (reason) {
            case CERTIFICATE_EXPIRED -> "expired";
            case CERTIFICATE_NOT_YET_VALID -> "not-yet-valid";
            case CERTIFICATE_NAME_MISMATCH -> "wrong-name";
            default -> "foreign-ca";
        };
    }

    private static String key(TlsConversation one) {
        List<X509Certificate> chain = one.chain();
        return !chain.isEmpty() && chain.get(0).getPublicKey().getAlgorithm().equals("RSA") ? ", key: rsa-2048" : "";
    }
}
