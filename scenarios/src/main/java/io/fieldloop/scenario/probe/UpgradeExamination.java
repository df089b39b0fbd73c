package io.fieldloop.scenario.probe;

import io.fieldloop.scenario.probe.finding.UpgradeFinding;
import io.fieldloop.scenario.probe.wire.AnswerHead;
import io.fieldloop.scenario.probe.wire.UpgradeAsk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the answer to an upgrade request as the pickiest client would. */
final class UpgradeExamination {
    /** CONFIG_WS_BUFFER_SIZE of esp_websocket_client (protocol reference 4.6). */
    private static final int IDF_BUFFER_BYTES = 1024;

    private static final String ACCEPT = "Sec-WebSocket-Accept";

    private final UpgradeAsk ask;
    private final UpgradeExchange exchange;
    private final AnswerHead head;
    private final List<String> remarks = new ArrayList<>();

    private UpgradeExamination(UpgradeAsk ask, UpgradeExchange exchange) {
        this.ask = ask;
        this.exchange = exchange;
        this.head = exchange.head();
    }

    static UpgradeFinding of(UpgradeAsk ask, UpgradeExchange exchange) {
        return new UpgradeExamination(ask, exchange).finding();
    }

    private UpgradeFinding finding() {
        Optional<String> acceptName = head.nameOf(ACCEPT);
        boolean acceptRight =
                head.value(ACCEPT).filter(value -> value.equals(ask.accept())).isPresent();
        if (exchange.isSwitched()) {
            remarkAccept(acceptName, acceptRight);
            remarkHeaders();
            remarkShape();
        } else if (exchange.isAnswered()) {
            remarkRefusal();
        }
        return new UpgradeFinding(
                ask.text(),
                head.text(),
                head.status(),
                head.headers(),
                acceptName.orElse(null),
                acceptRight,
                exchange.pieces(),
                exchange.bytesBehindHead(),
                failure(),
                remarks);
    }

    private @Nullable String failure() {
        if (exchange.isAnswered()) {
            return null;
        }
        return head.text().isEmpty()
                ? "it closed the connection without an answer"
                : "the answer has no end: after " + head.text().length() + " bytes nothing more came";
    }

    private void remarkAccept(Optional<String> name, boolean right) {
        if (name.isEmpty()) {
            remarks.add("There is no " + ACCEPT + "; only the xiaozhi firmware, which never looks, connects.");
        } else if (!right) {
            remarks.add(ACCEPT + " is not what the key demands: whatever answered is no WebSocket server,"
                    + " or something on the way changed it.");
        } else if (!name.get().equals(ACCEPT)) {
            remarks.add(ACCEPT + " is written " + name.get() + "; ESP-IDF clients that mind case do not find it.");
        }
    }

    private void remarkHeaders() {
        if (!head.statusLine().startsWith("HTTP/1.1 ")) {
            remarks.add("The answer begins with '" + head.statusLine() + "'; the firmware wants HTTP/1.1 101.");
        }
        if (!head.value("Upgrade")
                .map(value -> value.equalsIgnoreCase("websocket"))
                .orElse(false)) {
            remarks.add("The header Upgrade: websocket is missing; strict clients refuse that.");
        }
        List<String> connection = head.members("Connection");
        if (connection.stream().noneMatch("upgrade"::equalsIgnoreCase)) {
            remarks.add("The header Connection: Upgrade is missing; strict clients refuse that.");
        } else if (connection.size() > 1) {
            remarks.add("The header Connection says more than Upgrade (" + String.join(", ", connection)
                    + "), which RFC 6455 allows; devices do not look, and some client libraries refuse it.");
        }
        head.value("Sec-WebSocket-Extensions")
                .ifPresent(value ->
                        remarks.add("It turns on the extension " + value + ", for which no device has asked."));
    }

    private void remarkShape() {
        if (head.text().length() > IDF_BUFFER_BYTES) {
            remarks.add("The head has " + head.text().length() + " bytes; esp_websocket_client reads only "
                    + IDF_BUFFER_BYTES + ".");
        }
        if (exchange.pieces().size() > 1) {
            remarks.add("The head came in " + exchange.pieces().size() + " pieces.");
        }
        if (exchange.bytesBehindHead() > 0) {
            remarks.add(exchange.bytesBehindHead() + " bytes of frames came in one piece with the head.");
        }
    }

    private void remarkRefusal() {
        if (head.isInterim()) {
            remarks.add("It sends an interim answer (" + head.statusLine()
                    + ") first; devices take it for the answer, and never see a 101 behind it.");
            return;
        }
        head.value("Location")
                .ifPresentOrElse(
                        location -> remarks.add("It redirects to " + location + ", which xiaozhi does not follow."),
                        () -> remarks.add("It does not switch protocols; the firmware logs only that the handshake"
                                + " failed, without the status."));
    }
}
