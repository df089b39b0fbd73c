package io.fieldloop.scenario.suite;

import java.util.stream.Stream;

/** Cases beyond the suite: every way a gateway can misbehave, against every kind of client, plain and over TLS. */
final class MadeForTheConsole {
    private static final String FILE = """
            scenario: Made for the console
            why: What the simulator reports, the console must tell.
            matrix:
              profile: [xiaozhi-wifi-strict-time, xiaozhi-wifi-low-memory, xiaozhi-ml307, esp-idf-websocket, strict-rfc6455]
              url: ["wss://gateway.test/xiaozhi/v1/", "ws://gateway.test:8000/xiaozhi/v1/"]
            gateway: { %s }
            devices:
              door: { profile: "${profile}", url: "${url}", reconnect: { after: 3s, attempts: 1 } }
            steps:
              - connect: door
              - talk: door
              - wait: 5s
              - reconnect: door
              - talk: door
              - wait: 130s
              - talk: door
              - connect: door
            expect:
              - { event: attempt-started, of: device }
            """;

    private static final String GATEWAYS = """
            faults: []
            faults: [{ do: answer-http10 }]
            faults: [{ do: answer-status, status: 403 }]
            faults: [{ do: close-after-bytes, bytes: 10 }]
            faults: [{ do: close-before-response }]
            faults: [{ do: close-in-tls }]
            faults: [{ do: close-session, after: 1s }]
            faults: [{ do: close-session }]
            faults: [{ do: omit-hello }, { do: close-session, after: 1s }]
            faults: [{ do: delay-hello, by: 12s }]
            faults: [{ do: delay-response, by: 12s }]
            faults: [{ do: drop-session, after: 1s }]
            faults: [{ do: omit-hello }, { do: drop-session, after: 1s }]
            faults: [{ do: drop-upgrade-headers }]
            faults: [{ do: header-case, style: lower }]
            faults: [{ do: hello-garbage, text: boo }]
            faults: [{ do: hello-transport, value: udp }]
            faults: [{ do: omit-accept }]
            faults: [{ do: omit-hello }]
            faults: [{ do: raw-response, text: "SSH-2.0-x\\r\\n\\r\\n" }]
            faults: [{ do: redirect, to: "https://x.test/" }]
            faults: [{ do: refuse-connection }]
            faults: [{ do: reset-after-bytes, bytes: 10 }]
            faults: [{ do: reset-before-response }]
            faults: [{ do: reset-in-tls }]
            faults: [{ do: reset-session, after: 1s }]
            faults: [{ do: omit-hello }, { do: reset-session, after: 1s }]
            faults: [{ do: send-alert, alert: 40 }]
            faults: [{ do: send-alert, alert: 70 }]
            faults: [{ do: send-alert, alert: 112 }]
            faults: [{ do: send-alert, alert: 80 }]
            faults: [{ do: send-alert, alert: 0 }]
            faults: [{ do: stall-connection }]
            faults: [{ do: stall-response }]
            faults: [{ do: stall-tls }]
            faults: [{ do: wrong-accept }]
            faults: [{ do: alert-at-message, at: finished, alert: 51 }]
            faults: [{ do: answer-plain-text, text: "HTTP/1.1 400 Bad Request" }]
            faults: [{ do: close-at-message, at: server-key-exchange }]
            faults: [{ do: reset-at-message, at: server-hello-done }]
            faults: [{ do: stall-at-message, at: certificate }]
            faults: [{ do: delay-tls, by: 12s }]
            faults: [{ do: first-frame-with-response }]
            faults: [{ do: request-renegotiation, after: 1s }]
            faults: [{ do: send-bytes, hex: "83 01 00", after: 1s }]
            faults: [{ do: omit-hello }, { do: send-bytes, hex: "83 01 00" }]
            faults: [{ do: send-large-text, bytes: 2000000, after: 1s }]
            faults: [{ do: omit-hello }, { do: send-large-text, bytes: 2000000 }]
            faults: [{ do: send-text, text: "{}", after: 1s }]
            faults: [{ do: truncate-session, after: 1s }]
            faults: [{ do: omit-hello }, { do: truncate-session, after: 1s }]
            faults: [{ do: unprompted-hello }]
            certificate: { defect: expired }
            certificate: { defect: not-yet-valid }
            certificate: { defect: wrong-name }
            certificate: { defect: missing-intermediate }
            certificate: { defect: self-signed }
            certificate: { defect: foreign-ca }
            certificate: { defect: wrong-name, valid: [-9d, -1d] }
            certificate: { defect: foreign-ca, valid: [+1d, +9d] }
            tls: [TLSv1.3]
            tls: [TLSv1]
            idle: 3s
            """;

    private MadeForTheConsole() {}

    static Stream<SuiteCase> cases() {
        return GATEWAYS.lines()
                .flatMap(gateway -> SuiteFiles.cases(
                        "made/" + gateway.replaceAll("[^A-Za-z0-9]+", "-") + ".yaml", FILE.replace("%s", gateway))
                        .stream());
    }
}
