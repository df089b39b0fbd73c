package io.fieldloop.scenario.loader;

import io.fieldloop.scenario.model.value.Anchor;
import io.fieldloop.scenario.shape.References;
import io.fieldloop.scenario.shape.yaml.Nodes;
import io.fieldloop.scenario.shape.yaml.Place;
import io.fieldloop.scenario.shape.yaml.Problem;
import io.fieldloop.scenario.shape.yaml.Problems;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The names a case declares, gathered before binding so that each reference can be checked where it stands.
 *
 * @param devices how many of each device there are
 * @param adversaries their names
 * @param steps how often each label or verb occurs
 */
record Declarations(Map<String, Integer> devices, Set<String> adversaries, Map<String, Integer> steps)
        implements References {
    private static final String DEVICE = "device";
    private static final String ADVERSARY = "adversary";
    private static final String MEANWHILE = "meanwhile";
    private static final Set<String> NO_VERBS = Set.of("at", "as", "power", MEANWHILE);

    static Declarations of(MappingNode root, String file, Consumer<Problem> problems) {
        Map<String, Integer> devices = new LinkedHashMap<>();
        for (NodeTuple device : tuples(root, "devices")) {
            Nodes.text(device.getKeyNode()).ifPresent(name -> devices.put(name, count(device.getValueNode())));
        }
        Set<String> adversaries = new LinkedHashSet<>();
        for (NodeTuple adversary : tuples(root, "adversaries")) {
            String name = Nodes.text(adversary.getKeyNode()).orElse("");
            if (devices.containsKey(name)) {
                SourcePosition position = Nodes.position(adversary.getKeyNode(), new SourcePosition(file, 1, 1));
                problems.accept(
                        new Problem(position, "adversaries." + name, "is the name of a device as well", null, null));
            }
            adversaries.add(name);
        }
        return new Declarations(
                Collections.unmodifiableMap(devices), Collections.unmodifiableSet(adversaries), steps(root));
    }

    @Override
    public List<String> names(String kind) {
        List<String> names = new ArrayList<>();
        if (!kind.equals(ADVERSARY)) {
            names.addAll(devices.keySet());
        }
        if (!kind.equals(DEVICE)) {
            names.addAll(adversaries);
        }
        return names;
    }

    /** Tells whether {@code name} is declared, or a member of a declared group, {@code door#7}. */
    @Override
    public boolean has(String kind, String name) {
        int hash = name.indexOf('#');
        if (hash < 0 || kind.equals(ADVERSARY)) {
            return names(kind).contains(name);
        }
        String number = name.substring(hash + 1);
        int count = devices.getOrDefault(name.substring(0, hash), 0);
        return count > 1 && number.matches("[1-9][0-9]{0,5}") && Integer.parseInt(number) <= count;
    }

    @Override
    public boolean resolve(Object value, Node node, Place place, Problems problems) {
        return !(value instanceof Anchor anchor)
                || anchor.step() == null
                || isOneStep(node, anchor.step(), place, problems);
    }

    private boolean isOneStep(Node node, String step, Place place, Problems problems) {
        int times = steps.getOrDefault(step, 0);
        if (times == 0) {
            problems.unknown(node, place, "step", step, steps.keySet());
        } else if (times > 1) {
            problems.add(
                    node,
                    place,
                    Nodes.quote(step) + " names " + times
                            + " steps; give the one you mean a label with as: and name that");
        }
        return times == 1;
    }

    private static Map<String, Integer> steps(MappingNode root) {
        Map<String, Integer> steps = new LinkedHashMap<>();
        Optional<Node> list = Nodes.child(root, "steps");
        if (list.isEmpty()) {
            steps.put("connect", 1);
            steps.put("attack", 1);
        }
        list.ifPresent(items -> count(items, steps));
        return Collections.unmodifiableMap(steps);
    }

    private static void count(Node list, Map<String, Integer> steps) {
        if (list instanceof SequenceNode items) {
            for (Node item : items.getValue()) {
                Nodes.child(item, "as").flatMap(Nodes::text).ifPresent(label -> steps.merge(label, 1, Integer::sum));
                verbs(item).forEach(verb -> steps.merge(verb, 1, Integer::sum));
                Nodes.child(item, MEANWHILE).ifPresent(meanwhile -> count(meanwhile, steps));
            }
        }
    }

    private static List<String> verbs(Node step) {
        return step instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .flatMap(tuple -> Nodes.text(tuple.getKeyNode()).stream())
                        .filter(key -> !NO_VERBS.contains(key))
                        .toList()
                : List.of();
    }

    private static List<NodeTuple> tuples(MappingNode root, String key) {
        return Nodes.child(root, key).orElse(null) instanceof MappingNode mapping ? mapping.getValue() : List.of();
    }

    private static int count(Node device) {
        return Nodes.child(device, "count")
                .flatMap(Nodes::text)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .orElse(1);
    }
}
