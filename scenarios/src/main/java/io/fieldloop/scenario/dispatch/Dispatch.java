package io.fieldloop.scenario.dispatch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * What an actor does for each record of a sealed type.
 *
 * <p>A chain of {@code instanceof} lets a record that is added later fall through and do nothing. This table refuses to be
 * made while one of them has no action, so that the class that holds it does not load.
 *
 * @param <A> who acts
 * @param <T> the sealed type
 * @param <R> what an action gives
 */
public final class Dispatch<A, T, R> {
    private final Map<Class<?>, BiFunction<A, T, R>> actions;

    private Dispatch(Map<Class<?>, BiFunction<A, T, R>> actions) {
        this.actions = Map.copyOf(actions);
    }

    /** Begins a table for all records of {@code sealed}. */
    public static <A, T, R> Table<A, T, R> over(Class<T> sealed) {
        return new Table<>(sealed);
    }

    /** Does what the table says for {@code subject}. */
    public R act(A actor, T subject) {
        return Objects.requireNonNull(actions.get(subject.getClass())).apply(actor, subject);
    }

    /** A table that is being filled. */
    public static final class Table<A, T, R> {
        private final Class<T> sealed;
        private final Map<Class<?>, BiFunction<A, T, R>> actions = new LinkedHashMap<>();

        private Table(Class<T> sealed) {
            this.sealed = sealed;
        }

        /** The action for a record, or for all records of a sealed type among them. */
        public <S extends T> Table<A, T, R> on(Class<S> type, BiFunction<A, S, R> action) {
            records(type)
                    .forEach(each -> actions.put(each, (actor, subject) -> action.apply(actor, type.cast(subject))));
            return this;
        }

        /** The table, if it is whole; throws {@code IllegalStateException} that names the records without an action. */
        public Dispatch<A, T, R> complete() {
            List<String> missing = records(sealed)
                    .filter(each -> !actions.containsKey(each))
                    .map(Class::getSimpleName)
                    .toList();
            if (!missing.isEmpty()) {
                throw new IllegalStateException(
                        "no action for " + String.join(", ", missing) + " of " + sealed.getSimpleName());
            }
            return new Dispatch<>(actions);
        }

        private static Stream<Class<?>> records(Class<?> type) {
            return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(Table::records) : Stream.of(type);
        }
    }
}
