package io.fieldloop.scenario.shape;

import io.fieldloop.scenario.shape.yaml.Place;
import io.fieldloop.scenario.shape.yaml.Problems;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** The names one file declares, so that each reference to them can be checked where it stands. */
public interface References {
    /** A file in which nothing refers to anything. */
    References NONE = new References() {};

    /** Every name that may stand where a {@code kind} is meant, in file order. */
    default List<String> names(String kind) {
        return List.of();
    }

    default boolean has(String kind, String name) {
        return names(kind).contains(name);
    }

    /** Whether what the value points at is there; tells {@code problems} when it is not. */
    default boolean resolve(Object value, Node node, Place place, Problems problems) {
        return true;
    }
}
