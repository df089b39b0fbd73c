package io.fieldloop.scenario.shape.yaml;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where in the file the binder is.
 *
 * @param path keys from the root
 * @param enclosing position of the nearest node that is in the file; that of a default is its mapping's
 * @param shorthand the key that a plain value stood for, which is not part of the path; null for none
 * @param without keys that make no sense here
 */
public record Place(
        String path, SourcePosition enclosing, @Nullable String shorthand, Set<String> without) {
    public static Place file(String file) {
        return new Place("", new SourcePosition(file, 1, 1), null, Set.of());
    }

    public Place key(String key) {
        String longer = path.isEmpty() ? key : path + "." + key;
        return new Place(key.equals(shorthand) ? path : longer, enclosing, null, Set.of());
    }

    /** The item of a list, counted from 1. */
    public Place item(int number) {
        return new Place(path + "[" + number + "]", enclosing, null, Set.of());
    }

    public Place at(SourcePosition position) {
        return new Place(path, position, shorthand, without);
    }

    public Place meaning(String key) {
        return new Place(path, enclosing, key, without);
    }

    public Place lacking(Set<String> keys) {
        return new Place(path, enclosing, shorthand, keys);
    }
}
