package io.fieldloop.scenario.catalogue;

import io.fieldloop.scenario.shape.Dialect.Parameter;
import java.util.Map;

/**
 * What scenario files add to the gateway's fault records: the meaning, limits and defaults of their parameters.
 *
 * <p>The records themselves carry no annotations of this module, since the gateway does not know it.
 */
final class FaultParameters {
    private static final Map<String, Parameter> PARAMETERS = Map.ofEntries(
            Map.entry("reset-after-bytes.bytes", new Parameter("Bytes the gateway sends first", null, 0, 1 << 30)),
            Map.entry("close-after-bytes.bytes", new Parameter("Bytes the gateway sends first", null, 0, 1 << 30)),
            Map.entry("send-alert.alert", new Parameter("Number of the TLS alert", null, 0, 255)),
            Map.entry("answer-status.status", new Parameter("HTTP status", null, 100, 999)),
            Map.entry("answer-status.body", new Parameter("Body of the answer", null, Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry("redirect.to", new Parameter("URL in the Location header", null, Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry("redirect.status", new Parameter("HTTP status", "301", 300, 399)),
            Map.entry(
                    "header-case.style",
                    new Parameter("How header names are written", null, Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry("split-response.bytes", new Parameter("Bytes in each piece", "1", 1, 1 << 20)),
            Map.entry(
                    "split-response.every", new Parameter("Time between pieces", null, Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry("delay-response.by", new Parameter("How much later", null, Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry("raw-response.text", new Parameter("The whole answer", null, Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry("delay-hello.by", new Parameter("How much later", null, Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry(
                    "hello-transport.value",
                    new Parameter("The transport it names; absent for none", null, Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry("hello-garbage.text", new Parameter("What is sent", null, Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry("close-session.code", new Parameter("WebSocket close code", "1000", 0, 65535)),
            Map.entry(
                    "close-session.after",
                    new Parameter("Time from the upgrade", "0s", Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry(
                    "drop-session.after", new Parameter("Time from the upgrade", "0s", Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry(
                    "drop-when-quiet.after",
                    new Parameter("How long it has sent nothing", "60s", Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry(
                    "throw-in-session.after",
                    new Parameter("Time from the upgrade", "0s", Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry(
                    "reset-session.after",
                    new Parameter("Time from the upgrade", "0s", Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry(
                    "pause-reading.after",
                    new Parameter("Time from the upgrade", "0s", Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry("delay-tls.by", new Parameter("How much later", null, Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry("answer-plain-text.text", new Parameter("What is sent", null, Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry(
                    "stall-at-message.at",
                    new Parameter("The first message that is not sent", null, Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry(
                    "close-at-message.at",
                    new Parameter("The first message that is not sent", null, Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry(
                    "reset-at-message.at",
                    new Parameter("The first message that is not sent", null, Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry(
                    "alert-at-message.at",
                    new Parameter("The first message that is not sent", null, Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry("alert-at-message.alert", new Parameter("Number of the TLS alert", null, 0, 255)),
            Map.entry(
                    "truncate-session.after",
                    new Parameter("Time from the upgrade", "0s", Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry("send-text.text", new Parameter("The message", null, Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry("send-text.after", new Parameter("Time from the upgrade", "0s", Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry("send-text.times", new Parameter("How often", "1", 1, 1_000_000)),
            Map.entry("send-text.every", new Parameter("Time between two", "0s", Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry(
                    "send-bytes.hex",
                    new Parameter(
                            "The bytes, as pairs of hex digits; blanks do not matter",
                            null,
                            Long.MIN_VALUE,
                            Long.MAX_VALUE)),
            Map.entry("send-bytes.after", new Parameter("Time from the upgrade", "0s", Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry("send-bytes.times", new Parameter("How often", "1", 1, 1_000_000)),
            Map.entry("send-bytes.every", new Parameter("Time between two", "0s", Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry("send-large-text.bytes", new Parameter("Length of the message", null, 0, 1 << 24)),
            Map.entry(
                    "send-large-text.after",
                    new Parameter("Time from the upgrade", "0s", Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry(
                    "request-renegotiation.after",
                    new Parameter("Time from the upgrade", "0s", Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry(
                    "update-keys.after", new Parameter("Time from the upgrade", "0s", Long.MIN_VALUE, Long.MAX_VALUE)));

    private FaultParameters() {}

    static Parameter of(String fault, String key) {
        return PARAMETERS.getOrDefault(fault + "." + key, Parameter.NONE);
    }
}
