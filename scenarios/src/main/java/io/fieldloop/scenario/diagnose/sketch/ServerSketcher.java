package io.fieldloop.scenario.diagnose.sketch;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.websocket.WebSocketKey;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.http.Exchange;
import io.fieldloop.scenario.diagnose.http.Head;
import io.fieldloop.scenario.diagnose.judge.Scene;
import io.fieldloop.scenario.diagnose.mqtt.MqttConversation;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.scenario.diagnose.tls.Message;
import io.fieldloop.scenario.diagnose.tls.TlsConversation;
import io.fieldloop.scenario.diagnose.websocket.Frame;
import io.fieldloop.scenario.diagnose.websocket.WebSocketConversation;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what a captured server did into faults of the gateway, its certificate, and the link. */
final class ServerSketcher {
    private static final long FORGOTTEN_NANOS_MIN = 5_000_000_000L;
    private static final double AT_ONCE_SECONDS = 3;

    /** What a NewSessionTicket of TLS 1.3 has beside the ticket (RFC 8446 section 4.6.1), with a nonce of eight octets. */
    private static final int TICKET_FIELDS_BYTES = 4 + 4 + 4 + 9 + 2 + 2;

    /** lwIP sends a segment again for 19 minutes before it gives up. */
    private static final double BLACKHOLE_SECONDS = 1200;

    private final Scene scene;
    private final Sketch sketch;
    private final @Nullable Exchange upgrade;
    private String because = "";

    ServerSketcher(Scene scene, Sketch sketch) {
        this.scene = scene;
        this.sketch = sketch;
        upgrade = ScenarioSketch.upgrade(scene).orElse(null);
    }

    /** Whether a scenario can show that reason. */
    boolean sketch(FailureReason reason, Cause cause) {
        because =
                cause.evidence().get(0).place() + ": " + cause.evidence().get(0).shown();
        boolean shown = fault(reason);
        if (shown && sketch.gateway().stream().noneMatch(line -> line.yaml().startsWith("certificate:"))) {
            new TlsSketcher(scene, sketch, because).chain();
        }
        return shown;
    }

    private boolean fault(FailureReason reason) {
        MqttConversation mqtt = scene.said().mqtt();
        if (mqtt != null) {
            return mqtt(reason, mqtt);
        }
        return switch (reason) {
            case TCP_REFUSED -> {
                sketch.url("wss://gateway.test:8443/xiaozhi/v1/", because);
                yield true;
            }
            case TCP_TIMEOUT -> {
                sketch.link("outage-at: 0s", because);
                sketch.link("outage-for: 1h", "no answer to the end of the capture");
                yield true;
            }
            case WRITE_TIMEOUT -> blackhole();
            case TCP_RESET,
                    TLS_EOF,
                    TLS_TIMEOUT,
                    TLS_NOT_TLS,
                    PROTOCOL_VERSION,
                    HANDSHAKE_FAILURE,
                    UNRECOGNIZED_NAME,
                    PEER_ALERT,
                    HEAP_EXHAUSTED,
                    CERTIFICATE_EXPIRED,
                    CERTIFICATE_NOT_YET_VALID,
                    CERTIFICATE_NAME_MISMATCH,
                    CERTIFICATE_UNTRUSTED,
                    CERTIFICATE_KEY_MISMATCH -> new TlsSketcher(scene, sketch, because).sketch(reason);
            case UPGRADE_REFUSED, RESPONSE_MALFORMED, RESPONSE_TOO_LARGE, ACCEPT_MISSING, ACCEPT_WRONG -> answered();
            case UPGRADE_TIMEOUT, UPGRADE_EOF -> unanswered();
            case HELLO_TIMEOUT, UNSUPPORTED_TRANSPORT -> withoutHello();
            case CLOSED_BY_SERVER, CONNECTION_LOST, PONG_TIMEOUT ->
                (upgrade == null || upgrade.answer() == null) ? unanswered() : ended(reason);
            default -> false;
        };
    }

    private boolean mqtt(FailureReason reason, MqttConversation mqtt) {
        switch (reason) {
            case CONNECTION_LOST -> {
                if (!scene.isEndedByServer()) {
                    return false;
                }
                sketch.step("restart-gateway: 1s", because);
                sketch.session(0);
                sketch.lastStep("talk: {device}", "who speaks notices");
            }
            case CONNACK_TIMEOUT -> sketch.fault("{ do: stall-connack }", because);
            case CONNECT_REFUSED -> sketch.fault("{ do: answer-connack, code: " + mqtt.code() + " }", because);
            case HELLO_TIMEOUT ->
                sketch.fault(
                        mqtt.serverHello() == null ? "{ do: omit-hello }" : "{ do: omit-udp }",
                        mqtt.serverHello() == null
                                ? because
                                : "packet " + mqtt.serverHello().packet()
                                        + ": a hello that lacks what the firmware needs");
            case PONG_TIMEOUT -> {
                int seconds = mqtt.keepAliveSeconds();
                sketch.fault("{ do: ignore-pings }", because);
                sketch.lastStep("wait: " + 2 * seconds + "s", "twice the keep-alive, in which it pings and gives up");
                sketch.device("mqtt: { keep-alive: " + seconds + "s }", "what its CONNECT announces");
                return true;
            }
            default -> {
                return false;
            }
        }
        sketch.device("mqtt: {}", "it speaks MQTT");
        return true;
    }

    /** The answer as it was sent; what belonged to that client's key becomes what belongs to this one's. */
    private boolean answered() {
        Head answer = upgrade == null ? null : upgrade.answer();
        if (upgrade == null || answer == null) {
            return false;
        }
        String accept = WebSocketKey.acceptOf(
                upgrade.request().value("Sec-WebSocket-Key").orElse(""));
        String text = (answer.startLine() + "\r\n" + String.join("\r\n", answer.lines())
                        + (answer.lines().isEmpty() ? "" : "\r\n") + "\r\n")
                .replace(accept, "{accept}");
        sketch.fault("{ do: raw-response, text: " + Sketch.quoted(text) + " }", because);
        return true;
    }

    private boolean unanswered() {
        Moment end = scene.isEndedByServer() ? scene.serverEnd() : null;
        TlsConversation tls = scene.said().tls();
        Message ticket = tls == null ? null : tls.ticket();
        if (ticket != null && upgrade != null && upgrade.answer() != null) {
            sketch.fault(
                    "{ do: send-ticket, bytes: " + Math.max(1, ticket.bytes() - TICKET_FIELDS_BYTES) + " }", because);
            return true;
        }
        if (upgrade == null || (end != null && tls != null && tls.clientCertificate() != null)) {
            sketch.gateway("client-certificate: required", because);
            sketch.gateway(
                    "tls: [TLSv1.3]", "only there a handshake is over before the server has looked at the client");
            return scene.said().tls() != null;
        }
        if (end == null && scene.client().reset() == null) {
            sketch.fault(
                    upgrade.answerBegun().isEmpty()
                            ? "{ do: stall-response }"
                            : "{ do: raw-response, text: " + Sketch.quoted(upgrade.answerBegun()) + " }",
                    because);
        } else {
            boolean reset = end == null || scene.isReset();
            sketch.fault(reset ? "{ do: reset-before-response }" : "{ do: close-before-response }", because);
        }
        return true;
    }

    private boolean withoutHello() {
        WebSocketConversation webSocket = scene.said().webSocket();
        if (webSocket == null) {
            return false;
        }
        Frame other = webSocket.unsupportedHello();
        Frame late = webSocket.serverHello();
        if (late != null) {
            sketch.fault("{ do: delay-hello, by: " + since(late.at()) + " }", because);
        } else if (other != null) {
            String transport = webSocket.transport(other);
            sketch.fault(
                    transport.equals("nothing")
                            ? "{ do: hello-transport }"
                            : "{ do: hello-transport, value: " + Sketch.quoted(transport) + " }",
                    because);
        } else {
            sketch.fault("{ do: omit-hello }", because);
        }
        Frame close = webSocket.serverClose();
        if (close != null) {
            sketch.fault(
                    "{ do: close-session, code: " + close.closeCode() + ", after: " + since(close.at()) + " }",
                    "packet " + close.at().packet());
        }
        return true;
    }

    private boolean ended(FailureReason reason) {
        WebSocketConversation webSocket = scene.said().webSocket();
        Moment end = scene.isEndedByServer() ? scene.serverEnd() : scene.clientEnd();
        if (webSocket == null || end == null) {
            return false;
        }
        sketch.session(end.secondsSince(upgraded()));
        Frame close = webSocket.serverClose();
        if (reason == FailureReason.PONG_TIMEOUT) {
            sketch.gateway("idle: 1h", "the server bore the silence");
            sketch.fault("{ do: ignore-pings }", because);
        } else if (scene.isEndedByServer() && scene.isReset() && isForgotten(end)) {
            forgotten();
        } else if (scene.isEndedByServer() && scene.isReset()) {
            sketch.fault("{ do: reset-session, after: " + since(end) + " }", because);
        } else if (close != null && reason == FailureReason.CLOSED_BY_SERVER && !isCode(close.closeCode())) {
            sketch.fault("{ do: send-bytes, hex: \"" + close.hex() + "\", after: " + since(close.at()) + " }", because);
        } else if (reason == FailureReason.CLOSED_BY_SERVER) {
            sketch.fault(
                    close == null
                            ? "{ do: drop-session, after: " + since(end) + " }"
                            : "{ do: close-session, code: " + close.closeCode() + ", after: " + since(close.at())
                                    + " }",
                    because);
        } else {
            return brokenFrame(webSocket);
        }
        return true;
    }

    /** A reset for the first words after a long silence is a NAT's answer, or a firewall's. */
    private boolean isForgotten(Moment end) {
        Moment after = scene.tcp().afterSilence();
        return after != null
                && scene.tcp().isSilenceEndedByClient()
                && scene.tcp().longestSilenceNanos() >= FORGOTTEN_NANOS_MIN
                && end.secondsSince(after) < AT_ONCE_SECONDS;
    }

    private void forgotten() {
        long seconds = scene.tcp().longestSilenceNanos() / 1_000_000_000L;
        sketch.link("nat-idle: " + seconds + "s", "the connection was dead after so much silence, and maybe before");
        sketch.link("nat-expiry: reset", because);
        sketch.gateway("idle: 1h", "the server bore the silence");
        sketch.lastStep("talk: {device}", "the client spoke, and the reset came");
    }

    /** Nothing of what the device says is acknowledged any more. */
    private boolean blackhole() {
        sketch.gateway("idle: 1h", "the server did not end it");
        sketch.step("blackhole: { of: {device}, for: 1800s }", because);
        sketch.step("talk: { devices: {device}, speech: 60s }", "it was sending");
        sketch.session(BLACKHOLE_SECONDS);
        return true;
    }

    /** Whether a server that keeps to RFC 6455 section 7.4.1 sends it. */
    private static boolean isCode(int code) {
        return code >= 1000 && code < 5000 && code != 1005 && code != 1006;
    }

    /** A frame that the client refused, or a record. */
    private boolean brokenFrame(WebSocketConversation webSocket) {
        Frame frame = webSocket.defect() == null ? webSocket.lastOfServer() : webSocket.defect();
        Moment unfinished = webSocket.unfinishedAt();
        if (unfinished != null) {
            sketch.fault(
                    "{ do: send-bytes, hex: \"82 7f "
                            + String.format(Locale.ROOT, "%016x", webSocket.unfinishedBytes()) + "\", after: "
                            + since(unfinished) + " }",
                    because);
        } else if (webSocket.defect() == null
                && frame != null
                && frame.opcode() == Frame.TEXT
                && frame.length() > 4096) {
            sketch.fault(
                    "{ do: send-large-text, bytes: " + frame.length() + ", after: " + since(frame.at()) + " }",
                    because);
        } else if (frame != null && frame.isWhole()) {
            String open = webSocket.defect() == null ? "" : webSocket.openBeforeDefect();
            sketch.fault(
                    "{ do: send-bytes, hex: \"" + open + frame.hex() + "\", after: " + since(frame.at()) + " }",
                    because);
        } else {
            return false;
        }
        return true;
    }

    private Moment upgraded() {
        return Optional.ofNullable(upgrade)
                .map(Exchange::answer)
                .map(head -> head.at())
                .orElse(scene.tcp().first());
    }

    private String since(Moment at) {
        return String.format(Locale.ROOT, "%dms", Math.max(0, Math.round(at.secondsSince(upgraded()) * 1000)));
    }
}
