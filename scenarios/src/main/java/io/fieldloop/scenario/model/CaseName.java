package io.fieldloop.scenario.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which case of which file a scenario is.
 *
 * @param stem the file's name without its ending
 * @param axes label of the value of each matrix axis, in file order; empty without a matrix
 */
public record CaseName(String stem, Map<String, String> axes) {
    public CaseName {
        axes = Collections.unmodifiableMap(new LinkedHashMap<>(axes));
    }

    /** The same with another value of an axis that it has. */
    CaseName with(String axis, String value) {
        Map<String, String> changed = new LinkedHashMap<>(axes);
        changed.replace(axis, value);
        return new CaseName(stem, changed);
    }

    /** {@code stem} or {@code stem[axis=value,axis=value]}. */
    @Override
    public String toString() {
        return axes.isEmpty()
                ? stem
                : axes.entrySet().stream()
                        .map(axis -> axis.getKey() + "=" + axis.getValue())
                        .collect(Collectors.joining(",", stem + "[", "]"));
    }
}
