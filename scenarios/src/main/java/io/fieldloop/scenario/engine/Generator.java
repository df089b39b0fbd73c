package io.fieldloop.scenario.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One of the machines that put a load on a gateway together: it has every n-th device of the scenario.
 *
 * @param index from 1
 * @param of how many there are
 * @param start when all of them begin, on the clock on the wall; null where there is one only
 */
public record Generator(int index, int of, @Nullable Instant start) {
    /** The only one. */
    public static final Generator ALONE = new Generator(1, 1, null);

    public boolean isAlone() {
        return of == 1;
    }

    /** Whether the device of this number, from 0 and in file order, is one of its own. */
    boolean has(int number) {
        return number % of == index - 1;
    }

    @Override
    public String toString() {
        return index + "/" + of;
    }
}
