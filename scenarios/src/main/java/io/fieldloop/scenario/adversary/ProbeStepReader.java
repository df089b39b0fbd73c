package io.fieldloop.scenario.adversary;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns the {@code steps} of a probe into records; the format is described at the head of {@code probes.yaml}. */
final class ProbeStepReader {
    /** Longer than the 10 s a gateway may give a request, so that its own limit shows. */
    private static final Duration CLOSE_EXPECTED_WITHIN = Duration.ofSeconds(15);

    private static final int BYTES_MAX = 1 << 20;

    private ProbeStepReader() {}

    static List<ProbeStep> steps(YamlNode node) {
        List<ProbeStep> steps = new ArrayList<>();
        for (YamlNode item : node.items()) {
            if (!steps.isEmpty() && endsConnection(steps.get(steps.size() - 1))) {
                throw item.wrong("nothing, because the step before ends the connection");
            }
            steps.add(step(item));
        }
        if (steps.isEmpty() || !endsConnection(steps.get(steps.size() - 1))) {
            steps.add(new ProbeStep.ExpectsClose(CLOSE_EXPECTED_WITHIN));
        }
        return steps;
    }

    private static boolean endsConnection(ProbeStep step) {
        return step instanceof ProbeStep.Close
                || step instanceof ProbeStep.Reset
                || step instanceof ProbeStep.ExpectsClose;
    }

    private static ProbeStep step(YamlNode node) {
        if (node.isText()) {
            return switch (node.text()) {
                case "close" -> new ProbeStep.Close();
                case "reset" -> new ProbeStep.Reset();
                default -> throw node.wrong("close, reset, or a mapping such as {send: ...}");
            };
        }
        node.requireKeys(Set.of("send", "drip", "every", "wait", "expects-close"));
        Map<String, YamlNode> entries = node.entries();
        if (entries.containsKey("drip")) {
            return new ProbeStep.Drip(
                    bytes(node.child("drip")), node.child("every").duration());
        }
        if (entries.size() != 1) {
            throw node.wrong("one verb");
        }
        if (entries.containsKey("send")) {
            return new ProbeStep.Send(bytes(node.child("send")));
        }
        return entries.containsKey("wait")
                ? new ProbeStep.Pause(node.child("wait").duration())
                : new ProbeStep.ExpectsClose(node.child("expects-close").duration());
    }

    private static ProbeBytes bytes(YamlNode node) {
        if (node.isText()) {
            return text(node);
        }
        if (node.isList()) {
            return new ProbeBytes.Sequence(
                    node.items().stream().map(ProbeStepReader::bytes).toList());
        }
        node.requireKeys(Set.of("text", "http", "hex", "random", "repeat", "times"));
        Map<String, YamlNode> entries = node.entries();
        if (entries.containsKey("repeat")) {
            return new ProbeBytes.Repeat(
                    bytes(node.child("repeat")), node.child("times").number(1, BYTES_MAX));
        }
        if (entries.size() != 1) {
            throw node.wrong("one of text, http, hex, random, or repeat with times");
        }
        Map.Entry<String, YamlNode> only = entries.entrySet().iterator().next();
        return switch (only.getKey()) {
            case "text" -> text(only.getValue());
            case "http" -> http(only.getValue());
            case "hex" -> hex(only.getValue());
            case "random" -> new ProbeBytes.Random(only.getValue().number(1, BYTES_MAX));
            default -> throw node.wrong("repeat together with times");
        };
    }

    private static ProbeBytes text(YamlNode node) {
        if (node.text().chars().anyMatch(character -> character > 0xFF)) {
            throw node.wrong("Latin-1 text; write other bytes as hex");
        }
        for (String name : ProbeVariables.namesIn(node.text())) {
            if (!ProbeVariables.NAMES.contains(name)) {
                throw node.wrong("text whose ${...} are of "
                        + ProbeVariables.NAMES.stream().sorted().toList());
            }
        }
        return new ProbeBytes.Text(node.text());
    }

    private static ProbeBytes http(YamlNode node) {
        ProbeBytes.Text lines = (ProbeBytes.Text) text(node);
        return new ProbeBytes.Text(lines.template().stripTrailing().replace("\n", "\r\n") + "\r\n\r\n");
    }

    private static ProbeBytes hex(YamlNode node) {
        String digits = node.text().replaceAll("\\s+", "");
        try {
            HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException broken) {
            throw node.wrong("pairs of hexadecimal digits");
        }
        return new ProbeBytes.Fixed(digits);
    }
}
