package io.fieldloop.scenario.shape;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** The keys of one mapping of the file while it is bound: which there are, which would be understood. */
final class Entries {
    private final Map<String, NodeTuple> tuples;
    private final Set<String> accepted = new LinkedHashSet<>();
    private final Set<String> beside = new LinkedHashSet<>();
    private boolean understood = true;

    Entries(Map<String, NodeTuple> tuples) {
        this.tuples = new LinkedHashMap<>(tuples);
    }

    /** The value of a key, which is understood from now on. */
    Optional<Node> take(String key) {
        accepted.add(key);
        return Optional.ofNullable(tuples.get(key)).map(NodeTuple::getValueNode);
    }

    /** A key that is understood where another part of the same mapping is bound. */
    void understoodBeside(String key) {
        beside.add(key);
    }

    /** The keys that may be a misspelt word for the part that is being bound. */
    List<String> unexplained() {
        return tuples.keySet().stream().filter(key -> !beside.contains(key)).toList();
    }

    boolean has(String key) {
        return tuples.containsKey(key);
    }

    Set<String> keys() {
        return tuples.keySet();
    }

    Set<String> accepted() {
        return accepted;
    }

    /** Its kind could not be told, so that nothing can be said about its other keys. */
    void notUnderstood() {
        understood = false;
    }

    /** The keys that nobody took. */
    List<NodeTuple> unknown() {
        List<NodeTuple> unknown = new ArrayList<>();
        if (understood) {
            tuples.forEach((key, tuple) -> {
                if (!accepted.contains(key)) {
                    unknown.add(tuple);
                }
            });
        }
        return unknown;
    }
}
