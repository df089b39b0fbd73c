package io.fieldloop.scenario.live;

import io.fieldloop.scenario.catalogue.ScenarioDialect;
import io.fieldloop.scenario.model.Step;
import io.fieldloop.scenario.model.gateway.FaultSpec;
import io.fieldloop.scenario.shape.Binder;
import io.fieldloop.scenario.shape.Names;
import io.fieldloop.scenario.shape.References;
import io.fieldloop.scenario.shape.Shape;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.Inline;
import io.fieldloop.scenario.shape.annotation.Key;
import io.fieldloop.scenario.shape.yaml.DefaultNodes;
import io.fieldloop.scenario.shape.yaml.Nodes;
import io.fieldloop.scenario.shape.yaml.Place;
import io.fieldloop.scenario.shape.yaml.Problem;
import io.fieldloop.scenario.shape.yaml.YamlTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One thing that is asked for: a fault of the gateway as in {@code faults:} of a scenario file, or one of its steps.
 *
 * <p>JSON is YAML, so the reader of scenario files reads it, with the same words, checks and sentences.
 *
 * @param written as it was asked for
 * @param fault null where it is a step
 * @param step null where it is a fault
 * @param lasts how long it stays; null for until it is taken off
 */
record LiveRequest(
        MappingNode written,
        @Nullable FaultSpec fault,
        @Nullable Step step,
        @Nullable Duration lasts) {
    /** The steps that make sense beside real devices. */
    static final List<String> STEPS =
            List.of("link", "outage", "blackhole", "reset-link", "nat-rebind", "names", "renew-certificate");

    private static final String DO = "do";
    private static final String FOR = "for";
    private static final String NAME = "POST /faults";
    private static final Shape FAULT = ScenarioDialect.shape(TimedFault.class);
    private static final Shape STEP = ScenarioDialect.shape(TimedStep.class);

    @Doc("A fault of the gateway, for a time")
    record TimedFault(
            @Inline FaultSpec fault,
            @Doc("How long it stays") @Key(FOR) @Nullable Duration lasts) {}

    @Doc("A step, for a time")
    record TimedStep(
            @Inline Step step,
            @Doc("How long it stays") @Key(FOR) @Nullable Duration lasts) {}

    /** Reads it, or throws an {@link IllegalArgumentException} of one sentence. */
    static LiveRequest read(String text, References devices) {
        List<Problem> problems = new ArrayList<>();
        Optional<Node> root = YamlTree.parse(NAME, text, problems::add);
        if (root.isPresent() && root.get() instanceof MappingNode mapping && isOneThing(mapping)) {
            Shape shape = Nodes.child(mapping, DO).isPresent() ? FAULT : STEP;
            Object bound = new Binder(devices, new DefaultNodes(), Map.of(), problems::add)
                    .bind(shape, mapping, Place.file(NAME));
            if (bound != null && problems.isEmpty()) {
                return of(mapping, bound);
            }
        }
        throw new IllegalArgumentException(
                problems.isEmpty()
                        ? NAME + " takes a JSON object with exactly one of the keys " + DO + ", "
                                + String.join(", ", STEPS) + ", such as {\"do\": \"stall-response\", \"for\": \"30s\"}."
                        : problems.get(0).toString());
    }

    private static boolean isOneThing(MappingNode mapping) {
        return mapping.getValue().stream()
                        .flatMap(tuple -> Nodes.text(tuple.getKeyNode()).stream())
                        .filter(key -> key.equals(DO) || STEPS.contains(key))
                        .count()
                == 1;
    }

    private static LiveRequest of(MappingNode mapping, Object bound) {
        if (bound instanceof TimedFault timed) {
            return new LiveRequest(mapping, timed.fault(), null, timed.lasts());
        }
        TimedStep timed = (TimedStep) bound;
        Duration own = timed.step() instanceof Step.Outage outage
                ? outage.lasts()
                : timed.step() instanceof Step.Blackhole blackhole ? blackhole.lasts() : null;
        if (own != null && timed.lasts() != null) {
            throw new IllegalArgumentException(NAME + ": " + timed.step().verb() + " has a time of its own, such as {\""
                    + timed.step().verb() + "\": \"20s\"}; leave `for` beside it out.");
        }
        return new LiveRequest(mapping, null, timed.step(), own == null ? timed.lasts() : own);
    }

    /** Whose connections or links are meant; everybody's where it is about the gateway as a whole. */
    Names of() {
        if (fault != null) {
            return fault.of();
        }
        return step instanceof Step.OnLink onLink ? onLink.of() : Names.of(Names.ALL);
    }

    /** Whether it is over as soon as it is done. */
    boolean isMomentary() {
        return step instanceof Step.ResetLink || step instanceof Step.NatRebind;
    }

    /** On one line, without how long it stays, as it stands in a scenario file. */
    String line() {
        return line(name -> List.of());
    }

    /** The same with other names for devices; one for which there is none stays. */
    String line(Function<String, List<String>> names) {
        String text = Nodes.line(renamed(written, names, true));
        return fault == null ? text.substring(2, text.length() - 2) : text;
    }

    private static Node renamed(Node node, Function<String, List<String>> names, boolean top) {
        if (node instanceof ScalarNode scalar) {
            return scalar.isPlain() ? scalar : written(scalar.getValue());
        }
        if (node instanceof SequenceNode list) {
            List<Node> items = list.getValue().stream()
                    .map(item -> renamed(item, names, false))
                    .toList();
            return new SequenceNode(Tag.SEQ, items, FlowStyle.FLOW);
        }
        MappingNode mapping = (MappingNode) node;
        List<NodeTuple> tuples = mapping.getValue().stream()
                .filter(tuple -> !top || !Nodes.text(tuple.getKeyNode()).equals(Optional.of(FOR)))
                .map(tuple -> renamed(tuple, names))
                .toList();
        return new MappingNode(Tag.MAP, tuples, FlowStyle.FLOW);
    }

    private static NodeTuple renamed(NodeTuple tuple, Function<String, List<String>> names) {
        String key = Nodes.text(tuple.getKeyNode()).orElse("");
        Node value = tuple.getValueNode();
        boolean whose = (key.equals("of") || key.equals("reset-link") || key.equals("nat-rebind"))
                && !(value instanceof MappingNode);
        return new NodeTuple(written(key), whose ? called(value, names) : renamed(value, names, false));
    }

    /** A name, or a list of such, by the names that are given to each. */
    private static Node called(Node value, Function<String, List<String>> names) {
        List<Node> written = value instanceof SequenceNode list ? list.getValue() : List.of(value);
        List<Node> called = written.stream()
                .map(one -> Nodes.text(one).orElse(""))
                .flatMap(name -> names.apply(name).isEmpty() ? Stream.of(name) : names.apply(name).stream())
                .distinct()
                .<Node>map(LiveRequest::written)
                .toList();
        return called.size() == 1 ? called.get(0) : new SequenceNode(Tag.SEQ, called, FlowStyle.FLOW);
    }

    /** As a person writes it: in quotes only where it would be something else without. */
    private static ScalarNode written(String text) {
        boolean word =
                text.matches("-?([0-9.]+[A-Za-z%]|[A-Za-z])[A-Za-z0-9._%/-]*") && !text.matches("null|true|false");
        return new ScalarNode(Tag.STR, text, word ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
    }
}
