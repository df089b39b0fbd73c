package io.fieldloop.scenario.probe;

import io.fieldloop.device.conversation.HelloMessage;
import io.fieldloop.scenario.probe.finding.RefusalFinding;
import io.fieldloop.scenario.probe.wire.Connector;
import io.fieldloop.scenario.probe.wire.Frame;
import io.fieldloop.scenario.probe.wire.FrameStream;
import io.fieldloop.scenario.probe.wire.UpgradeAsk;
import io.fieldloop.scenario.report.text.VisibleText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks in ways that no device asks in, and notes whether and how the server says no. */
final class RefusalExamination {
    /** A server that is still silent then will not say much; the device waits longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final int SHOWN_CHARACTERS = 60;

    private final Connector connector;
    private final UpgradeAsk good;

    RefusalExamination(Connector connector, UpgradeAsk good) {
        this.connector = connector;
        this.good = good;
    }

    List<RefusalFinding> examine() {
        List<RefusalFinding> findings = new ArrayList<>();
        requests().forEach((what, ask) -> findings.add(finding(what, ask)));
        return findings;
    }

    private Map<String, UpgradeAsk> requests() {
        Map<String, UpgradeAsk> requests = new LinkedHashMap<>();
        requests.put("no token", good.withHeader("Authorization", null));
        requests.put("a wrong token", good.withHeader("Authorization", "Bearer no-key-signed-this.1"));
        requests.put("no Device-Id", good.withHeader("Device-Id", null));
        requests.put("another path", good.withPath("/no-such-path"));
        requests.put("WebSocket version 8", good.withHeader("Sec-WebSocket-Version", "8"));
        requests.put("no Sec-WebSocket-Key", good.withHeader("Sec-WebSocket-Key", null));
        requests.put("a foreign Origin", good.withHeader("Origin", "https://elsewhere.example"));
        requests.put("a plain GET", good.withHeader("Upgrade", null).withHeader("Connection", null));
        requests.put("POST", good.withFirstLine("POST %s HTTP/1.1"));
        requests.put("HTTP/1.0", good.withFirstLine("GET %s HTTP/1.0"));
        return requests;
    }

    private RefusalFinding finding(String what, UpgradeAsk ask) {
        try (UpgradeExchange exchange = UpgradeExchange.of(connector, ask, PATIENCE)) {
            if (exchange.isSwitched()) {
                return afterSwitch(what, exchange);
            }
            return new RefusalFinding(what, answer(exchange), false);
        } catch (IOException e) {
            return new RefusalFinding(what, String.valueOf(e.getMessage()), false);
        }
    }

    private static String answer(UpgradeExchange exchange) {
        String line = VisibleText.line(exchange.head().statusLine());
        return line.isEmpty() ? "it closed the connection without an answer" : line;
    }

    /** The reference server says 101 first and no afterwards (protocol reference 1.9), which devices take for a missing hello. */
    private RefusalFinding afterSwitch(String what, UpgradeExchange exchange) {
        String line = answer(exchange);
        FrameStream frames = exchange.frames();
        String said = "";
        try {
            exchange.connection().send(connector.frames().text(HelloMessage.of(1, "websocket")));
            for (Frame next = frames.next(); next != null; next = frames.next()) {
                if (next.opcode() == Frame.CLOSE) {
                    return new RefusalFinding(what, line + said + ", then close " + next.closeCode(), false);
                } else if (next.opcode() == Frame.TEXT && next.text().contains("\"hello\"")) {
                    return new RefusalFinding(what, line + ", and hello", true);
                } else if (next.opcode() == Frame.TEXT && said.isEmpty()) {
                    said = ", then '" + shown(next.text()) + "'";
                }
            }
            return new RefusalFinding(what, line + said + ", then closed", false);
        } catch (IOException e) {
            return new RefusalFinding(
                    what, line + said + ", then " + exchange.connection().fate(e), false);
        }
    }

    private static String shown(String text) {
        return VisibleText.line(text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) : text);
    }
}
