package io.fieldloop.scenario.adversary;

import io.fieldloop.scenario.shape.yaml.Problem;
import io.fieldloop.scenario.shape.yaml.YamlTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns the text of a catalogue into probes and mixes. */
final class ProbeCatalogueReader {
    private static final Set<String> PROBE_KEYS = Set.of("imitates", "source", "to", "steps");
    private static final Set<String> MIX_KEYS = Set.of("imitates", "source", "probes");
    private static final List<String> STREAMS = List.of("ws", "wss", "mqtt", "mqtts", "ota");
    private static final String DATAGRAMS = "udp";

    private final String file;

    ProbeCatalogueReader(String file) {
        this.file = file;
    }

    ProbeCatalogue read(String yaml) {
        List<Problem> problems = new ArrayList<>();
        YamlNode root = new YamlNode(
                file,
                "",
                YamlTree.parse(file, yaml, problems::add)
                        .orElseThrow(() ->
                                new AdversaryConfigException(problems.get(0).toString())));
        root.requireKeys(Set.of("probes", "mixes"));
        Map<String, Probe> probes = new LinkedHashMap<>();
        root.child("probes").entries().forEach((name, node) -> probes.put(name, probe(name, node)));
        Map<String, ProbeMix> mixes = new LinkedHashMap<>();
        root.optionalChild("mixes")
                .ifPresent(node -> node.entries().forEach((name, mix) -> mixes.put(name, mix(name, mix, probes))));
        return new ProbeCatalogue(probes, mixes);
    }

    private static Probe probe(String name, YamlNode node) {
        node.requireKeys(PROBE_KEYS);
        return new Probe(
                name,
                node.child("imitates").text(),
                node.child("source").text(),
                listeners(node),
                ProbeStepReader.steps(node.child("steps")));
    }

    private static Set<String> listeners(YamlNode node) {
        Set<String> listeners = new LinkedHashSet<>();
        node.optionalChild("to").ifPresent(to -> to.items().forEach(item -> listeners.add(listener(item))));
        return listeners.isEmpty() ? new LinkedHashSet<>(STREAMS) : listeners;
    }

    private static String listener(YamlNode node) {
        if (!isListener(node.text())) {
            throw node.wrong("ws, wss, mqtt, mqtts, ota or udp");
        }
        return node.text();
    }

    static boolean isListener(String name) {
        return STREAMS.contains(name) || name.equals(DATAGRAMS);
    }

    private static ProbeMix mix(String name, YamlNode node, Map<String, Probe> probes) {
        node.requireKeys(MIX_KEYS);
        if (probes.containsKey(name)) {
            throw node.wrong("a name that no probe has");
        }
        List<ProbeMix.Weighted> members = new ArrayList<>();
        node.child("probes").entries().forEach((member, weight) -> {
            Probe probe = probes.get(member);
            if (probe == null) {
                throw weight.wrong("the weight of a probe that exists");
            }
            members.add(new ProbeMix.Weighted(probe, weight.number(1, 1_000)));
        });
        return new ProbeMix(
                name, node.child("imitates").text(), node.child("source").text(), members);
    }
}
