package io.fieldloop.scenario.shape.yaml;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.snakeyaml.engine.v2.nodes.Node;

/** The nodes of default values, each parsed once. */
public final class DefaultNodes {
    private final Map<String, Node> nodes = new ConcurrentHashMap<>();

    public Node of(String yaml) {
        return nodes.computeIfAbsent(yaml, YamlTree::fragment);
    }
}
