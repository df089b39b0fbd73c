package io.fieldloop.scenario.diagnose.judge;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.profile.Dialect;
import io.fieldloop.device.websocket.WebSocketKey;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.conversation.Conversation;
import io.fieldloop.scenario.diagnose.http.ClientLibrary;
import io.fieldloop.scenario.diagnose.http.Exchange;
import io.fieldloop.scenario.diagnose.http.Head;
import io.fieldloop.scenario.diagnose.http.HttpConversation;
import io.fieldloop.scenario.diagnose.number.NumberSpace;
import io.fieldloop.scenario.diagnose.number.Numbers;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.scenario.diagnose.tls.Message;
import io.fieldloop.scenario.diagnose.tls.TlsConversation;
import io.fieldloop.scenario.diagnose.websocket.WebSocketConversation;
import io.fieldloop.server.event.RefusalReason;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges an upgrade to a WebSocket: its answer, or that there was none. */
final class UpgradeJudge {
    private static final Numbers NUMBERS = Numbers.bundled();

    /** Statuses with which a server answers a request that lacks a header. */
    private static final Set<Integer> ASKED_FOR_MORE = Set.of(400, 401, 403);

    private static final int SWITCHED = 101;
    private static final String ACCEPT = "Sec-WebSocket-Accept";
    // transport_ws.c reads the answer into a buffer of that size.
    private static final int ESP_IDF_BUFFER_BYTES = 1024;
    private static final int STRICT_BUFFER_BYTES = 8192;

    private static final int ERRORS_FROM = 400;
    private static final List<String> HEADERS = List.of("Authorization", "Protocol-Version", "Device-Id", "Client-Id");

    private final Scene scene;
    private final Head request;
    private final @Nullable Head answer;
    private final String begun;
    private final Dialect client;

    UpgradeJudge(Scene scene, Exchange exchange) {
        this.scene = scene;
        request = exchange.request();
        answer = exchange.answer();
        begun = exchange.answerBegun();
        client = ClientLibrary.of(request);
    }

    /** Why it failed, or null where the WebSocket began. */
    @Nullable
    Cause judge() {
        if (answer == null) {
            return unanswered();
        }
        boolean switched = answer.startLine().startsWith("HTTP/1.1 101");
        if (!switched && client.isXiaozhi()) {
            return refused(answer);
        }
        if (!switched) {
            return answer.status() == 0 || answer.status() == SWITCHED ? malformed(answer) : refused(answer);
        }
        return wentOn() ? null : unusable(answer);
    }

    private boolean wentOn() {
        WebSocketConversation webSocket = scene.said().webSocket();
        return webSocket == null || webSocket.clientFrames() > 0 || scene.clientEnd() == null;
    }

    private Cause refused(Head head) {
        String location = head.value("Location")
                .map(to -> " and sends the client to " + to)
                .orElse("");
        String why = head.value("X-Fieldloop-Reason")
                .map(reason -> "; the gateway's reason is " + reason)
                .orElse("");
        return Scene.certain(
                FailureReason.UPGRADE_REFUSED,
                scene.see(
                        head.at(),
                        "server: " + head.startLine(),
                        "the answer to GET " + request.path() + " is not HTTP/1.1 101" + location + why
                                + (isForTls(scene)
                                        ? "; the server says that its port speaks TLS: wss://"
                                        : ASKED_FOR_MORE.contains(head.status()) ? lacking() : meaning(head))));
    }

    /** What a status means that no header of the request brought about. */
    private static String meaning(Head head) {
        return NUMBERS.of(NumberSpace.HTTP, Integer.toString(head.status()))
                .map(status -> "; " + status.text())
                .orElse("");
    }

    /** What a server of this protocol asks for, and the request does not have. */
    private String lacking() {
        List<String> lacking =
                HEADERS.stream().filter(name -> request.value(name).isEmpty()).toList();
        return lacking.isEmpty() ? "" : "; the request has no " + String.join(", ", lacking);
    }

    private static boolean isForTls(Scene scene) {
        HttpConversation http = scene.said().http();
        return http != null && scene.said().tls() == null && http.isForTls();
    }

    private Cause malformed(Head head) {
        return Scene.certain(
                FailureReason.RESPONSE_MALFORMED,
                scene.see(
                        head.at(),
                        "server: " + head.startLine(),
                        "no client can use that as the answer to an upgrade"));
    }

    /** A 101 after which the client hung up. */
    private @Nullable Cause unusable(Head head) {
        if (client.isXiaozhi()) {
            // It looks at the status alone (protocol reference 1.3), so it hung up for another reason.
            return stoppedAtTicket(head);
        }
        String key = request.value("Sec-WebSocket-Key").orElse("");
        String right = WebSocketKey.acceptOf(key);
        String accept = String.join(", ", head.values(ACCEPT));
        String written = head.written(ACCEPT).orElse("");
        if (client == Dialect.RFC_6455 && headBytes(head) > STRICT_BUFFER_BYTES) {
            return hungUp(FailureReason.RESPONSE_TOO_LARGE, head, "the answer has " + headBytes(head) + " bytes");
        }
        if (client == Dialect.RFC_6455 && !head.malformed().isEmpty()) {
            return hungUp(FailureReason.RESPONSE_MALFORMED, head, "the line '" + head.malformed() + "' is no header");
        }
        if (written.isEmpty()) {
            return hungUp(FailureReason.ACCEPT_MISSING, head, "the answer has no " + ACCEPT);
        }
        if (!accept.equals(right)) {
            return hungUp(
                    FailureReason.ACCEPT_WRONG,
                    head,
                    "the answer has " + written + ": " + accept + ", and to the client's key belongs " + right);
        }
        if (!written.equals(ACCEPT) && client == Dialect.ESP_IDF) {
            return hungUp(
                    FailureReason.ACCEPT_MISSING,
                    head,
                    "the answer writes " + written
                            + ", which clients that compare its case do not find (espressif/esp-protocols#859)");
        }
        if (client == Dialect.ESP_IDF && headBytes(head) > ESP_IDF_BUFFER_BYTES) {
            return hungUp(
                    FailureReason.ACCEPT_MISSING,
                    head,
                    "the answer has " + headBytes(head) + " bytes, and the client reads " + ESP_IDF_BUFFER_BYTES);
        }
        return client == Dialect.RFC_6455 && !isAsDemanded(head)
                ? hungUp(FailureReason.RESPONSE_MALFORMED, head, "the answer is not as RFC 6455 section 4.1 demands")
                : null;
    }

    /** Where it is, the client had another reason to hang up. */
    private boolean isAsDemanded(Head head) {
        return head.value("Upgrade").filter("websocket"::equalsIgnoreCase).isPresent()
                && head.values("Connection").stream()
                        .flatMap(value -> Arrays.stream(value.split(",")))
                        .anyMatch(value -> value.strip().equalsIgnoreCase("upgrade"))
                && isAskedFor(head, "Sec-WebSocket-Protocol")
                && isAskedFor(head, "Sec-WebSocket-Extensions");
    }

    private boolean isAskedFor(Head head, String name) {
        return head.value(name).isEmpty() || request.value(name).isPresent();
    }

    /** A reader that takes a ticket for an error closes at once, and its caller waits out its ten seconds. */
    private @Nullable Cause stoppedAtTicket(Head head) {
        TlsConversation tls = scene.said().tls();
        Message ticket = tls == null ? null : tls.ticket();
        return ticket == null || scene.isEndedByServer()
                ? null
                : Scene.likely(
                        FailureReason.UPGRADE_TIMEOUT,
                        "the device's console: read error :-0x7B00 is a session ticket, which esp-tls takes for an error"
                                + " (esp-idf #13494)",
                        scene.see(ticket.at(), "server: NewSessionTicket", "in TLS 1.3, behind the handshake"),
                        scene.see(head.at(), "server: " + head.startLine(), "an answer that any client takes"),
                        closing());
    }

    private Cause hungUp(FailureReason reason, Head head, String says) {
        return Scene.certain(reason, scene.see(head.at(), "server: " + head.startLine(), says), closing());
    }

    private Evidence closing() {
        Moment end = scene.clientEnd();
        return scene.see(end == null ? scene.captureEnd() : end, "client: hangs up", "without having sent a frame");
    }

    private static int headBytes(Head head) {
        return head.startLine().length()
                + head.lines().stream().mapToInt(line -> line.length() + 2).sum()
                + 4;
    }

    private @Nullable Cause unanswered() {
        String came = begun.isEmpty() ? "not a byte of an answer came" : "only '" + firstLine() + "' came of an answer";
        Moment serverEnd = scene.isEndedByServer() ? scene.serverEnd() : null;
        if (serverEnd != null && !client.isXiaozhi()) {
            return Scene.certain(
                    scene.isReset() || (client == Dialect.RFC_6455 && scene.isBrokenOff())
                            ? FailureReason.CONNECTION_LOST
                            : FailureReason.UPGRADE_EOF,
                    scene.serverEnding(serverEnd),
                    scene.see(request.at(), "client: " + request.startLine(), came + certificateRefused()));
        }
        if (serverEnd != null) {
            return Scene.certain(
                    FailureReason.UPGRADE_TIMEOUT,
                    scene.see(request.at(), "client: " + request.startLine(), came + certificateRefused()),
                    scene.see(
                            serverEnd,
                            "server: ends the connection",
                            "before its answer; the xiaozhi client does not notice and waits out its ten seconds"),
                    scene.serverEnding(serverEnd));
        }
        if (scene.isPatienceOver() || scene.isLeftWaiting()) {
            return Scene.certain(
                    FailureReason.UPGRADE_TIMEOUT,
                    scene.see(request.at(), "client: " + request.startLine(), came),
                    scene.ending());
        }
        Moment reset = scene.client().reset();
        return reset == null
                ? null
                : Scene.likely(
                        client.isXiaozhi() ? FailureReason.UPGRADE_TIMEOUT : FailureReason.CONNECTION_LOST,
                        "a capture on the device: a reset that it did not send itself was made on the way",
                        scene.see(request.at(), "client: " + request.startLine(), came),
                        scene.see(reset, "client: RST", "no client resets a connection on which it has just asked"));
    }

    /** In TLS 1.3 the client is done, and has asked, before the server has looked at its certificate. */
    private String certificateRefused() {
        TlsConversation tls = scene.said().tls();
        Message shown = tls == null ? null : tls.clientCertificate();
        return shown == null
                ? ""
                : "; the server had asked for a certificate, and the client showed "
                        + (shown.isWithoutCertificate() ? "none" : "one");
    }

    private String firstLine() {
        return begun.lines().findFirst().orElse("");
    }

    /** Whether what is asked is about this at all. */
    static boolean applies(Conversation said) {
        Exchange exchange = said.http() == null ? null : said.http().decisive();
        return exchange != null && exchange.request().asksForWebSocket();
    }

    /** A request for something else, such as the update check, that was answered with an error; null where none was. */
    static @Nullable Cause otherRequest(Scene scene) {
        HttpConversation http = scene.said().http();
        Exchange exchange = http == null ? null : http.decisive();
        if (exchange == null || exchange.request().asksForWebSocket()) {
            return null;
        }
        Head answer = exchange.answer();
        if (answer == null) {
            return unanswered(scene, exchange);
        }
        return answer.status() < ERRORS_FROM
                ? null
                : new Cause(
                        isForTls(scene) ? RefusalReason.HTTP_ON_TLS.wireName() : "http-refused",
                        Confidence.CERTAIN,
                        List.of(scene.see(
                                answer.at(),
                                "server: " + answer.startLine(),
                                "the answer to " + exchange.request().startLine())),
                        List.of());
    }

    /** Servers that are asked in plain on a TLS port often close without a word, as HAProxy does. */
    private static @Nullable Cause unanswered(Scene scene, Exchange exchange) {
        Moment end = scene.isEndedByServer() ? scene.serverEnd() : null;
        if (!exchange.answerBegun().isEmpty() || (end == null && !scene.isPatienceOver() && !scene.isLeftWaiting())) {
            return null;
        }
        Head request = exchange.request();
        return new Cause(
                "http-unanswered",
                end == null ? Confidence.LIKELY : Confidence.CERTAIN,
                List.of(
                        scene.see(request.at(), "client: " + request.startLine(), "not a byte of an answer came"),
                        end == null ? scene.ending() : scene.serverEnding(end)),
                end == null
                        ? List.of("how long the client waits for an answer; this one may be slow by design")
                        : List.of());
    }
}
