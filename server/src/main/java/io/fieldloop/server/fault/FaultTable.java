package io.fieldloop.server.fault;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * What is done for each fault of one kind.
 *
 * <p>It is completed when the class that acts is loaded, and refused then if a fault is missing: a new fault can be none that does
 * nothing.
 *
 * @param <C> what the actions act on
 * @param <F> the sealed kind of fault
 */
public final class FaultTable<C, F> {
    private final Class<F> kind;
    private final Map<Class<?>, BiConsumer<C, F>> actions = new HashMap<>();

    public FaultTable(Class<F> kind) {
        this.kind = kind;
    }

    public <T extends F> FaultTable<C, F> on(Class<T> fault, BiConsumer<? super C, ? super T> action) {
        actions.put(fault, (context, any) -> action.accept(context, fault.cast(any)));
        return this;
    }

    /** This table, if it has an action for every fault of its kind. */
    public FaultTable<C, F> complete() {
        List<String> missing = records(kind)
                .filter(fault -> !actions.containsKey(fault))
                .map(Class::getSimpleName)
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("No action for the faults " + missing + " of " + kind.getSimpleName());
        }
        return this;
    }

    public void act(C context, F fault) {
        BiConsumer<C, F> action = actions.get(fault.getClass());
        if (action == null) {
            throw new IllegalStateException("No action for " + fault);
        }
        action.accept(context, fault);
    }

    /** The records of a sealed kind, in the order of its permits. */
    static Stream<Class<?>> records(Class<?> kind) {
        return kind.isSealed()
                ? Stream.of(kind.getPermittedSubclasses()).flatMap(FaultTable::records)
                : Stream.of(kind);
    }
}
