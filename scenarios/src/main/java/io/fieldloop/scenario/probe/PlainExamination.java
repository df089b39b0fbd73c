package io.fieldloop.scenario.probe;

import io.fieldloop.scenario.probe.finding.PlainFinding;
import io.fieldloop.scenario.probe.finding.TlsFinding;
import io.fieldloop.scenario.probe.wire.AnswerHead;
import io.fieldloop.scenario.probe.wire.Connection;
import io.fieldloop.scenario.probe.wire.Connector;
import io.fieldloop.scenario.probe.wire.ServerUrl;
import io.fieldloop.scenario.probe.wire.TlsOffer;
import io.fieldloop.scenario.probe.wire.TlsSeen;
import io.fieldloop.scenario.probe.wire.UpgradeAsk;
import io.fieldloop.scenario.report.text.VisibleText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Speaks plain HTTP where TLS is expected, and TLS where it is not: wrong schemes in a device's settings do that. */
final class PlainExamination {
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int ANSWER_BYTES_MAX = 4096;
    private static final char TLS_ALERT = 0x15;

    private final Connector connector;
    private final UpgradeAsk ask;

    PlainExamination(Connector connector, UpgradeAsk ask) {
        this.connector = connector;
        this.ask = ask;
    }

    List<PlainFinding> examine() {
        ServerUrl url = connector.url();
        if (!url.tls()) {
            return List.of(tls());
        }
        List<PlainFinding> findings = new ArrayList<>();
        findings.add(plain(url.port()));
        if (url.port() == HTTPS_PORT) {
            findings.add(plain(HTTP_PORT));
        }
        return findings;
    }

    /** A URL for TLS and a port without it: the ClientHello ends in nothing, or in an answer in the clear. */
    static List<String> remarks(TlsFinding tls, List<PlainFinding> plain) {
        boolean mayBeTls = tls.chain() != null
                || tls.versions().stream()
                        .map(version -> String.valueOf(version.refusal()))
                        .anyMatch(refusal -> !refusal.startsWith("it "));
        return plain.stream()
                .limit(1)
                .filter(finding -> !mayBeTls && finding.answer().startsWith("HTTP/"))
                .map(finding -> "Port " + finding.port()
                        + " speaks HTTP without TLS: its URL begins with ws://, or its server needs a certificate.")
                .toList();
    }

    private PlainFinding tls() {
        int port = connector.url().port();
        try {
            TlsSeen seen = connector.shake(TlsOffer.all(connector.url().host()));
            return new PlainFinding(
                    port, "TLS", seen.refusal() == null ? "it speaks " + seen.version() : seen.refusal(), "");
        } catch (IOException e) {
            return new PlainFinding(port, "TLS", "it closed the connection", "");
        }
    }

    private PlainFinding plain(int port) {
        try (Connection connection = connector.plain(port, PATIENCE)) {
            try {
                connection.send(ask.text());
                return plain(port, connection.receiveUntil("\r\n\r\n", ANSWER_BYTES_MAX));
            } catch (IOException e) {
                return new PlainFinding(port, "plain HTTP", connection.fate(e), "");
            }
        } catch (IOException e) {
            return new PlainFinding(port, "plain HTTP", "nobody listens there", "");
        }
    }

    private static PlainFinding plain(int port, String answer) {
        AnswerHead head = new AnswerHead(answer);
        return new PlainFinding(
                port,
                "plain HTTP",
                inWords(head),
                VisibleText.line(head.value("Location").orElse("")));
    }

    private static String inWords(AnswerHead head) {
        if (head.text().isEmpty()) {
            return "it closed the connection without an answer";
        } else if (head.text().charAt(0) == TLS_ALERT) {
            return "a TLS alert";
        }
        return head.status() == null ? "something that is not HTTP" : VisibleText.line(head.statusLine());
    }
}
