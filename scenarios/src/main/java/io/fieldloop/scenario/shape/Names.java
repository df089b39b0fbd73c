package io.fieldloop.scenario.shape;

import java.util.Collection;
import java.util.List;

/**
 * Declared things by name: one, several, or {@code all}.
 *
 * <p>A name may be that of a group ({@code count:}), which means all of it, or of one of its members, {@code door#7}.
 *
 * @param names in file order; empty when all are meant
 */
public record Names(List<String> names) {
    /** The word for all; nothing can be declared by this name. */
    public static final String ALL = "all";

    public Names {
        names = List.copyOf(names);
    }

    public static Names of(String... names) {
        return names.length == 1 && names[0].equals(ALL) ? new Names(List.of()) : new Names(List.of(names));
    }

    public boolean isAll() {
        return names.isEmpty();
    }

    /** Tells whether the actor {@code name} or {@code name#7} is meant. */
    public boolean includes(String actor) {
        int hash = actor.indexOf('#');
        return isAll() || names.contains(actor) || (hash > 0 && names.contains(actor.substring(0, hash)));
    }

    /** Those of {@code actors} that are meant, in their order. */
    public List<String> among(Collection<String> actors) {
        return actors.stream().filter(this::includes).toList();
    }

    @Override
    public String toString() {
        if (isAll()) {
            return ALL;
        }
        return names.size() == 1 ? names.get(0) : names.toString();
    }
}
