package io.fieldloop.scenario.journal;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The few details of an entry, in the order in which they were given: a tenth of what a linked map of them takes, and as quick to ask. */
final class Attributes extends AbstractMap<String, Object> {
    /** Key, value, key, value. */
    private final Object[] cells;

    private Attributes(Object[] cells) {
        this.cells = cells;
    }

    static Attributes of(Map<String, Object> attributes) {
        if (attributes instanceof Attributes already) {
            return already;
        }
        Object[] cells = new Object[2 * attributes.size()];
        int next = 0;
        for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            cells[next++] = attribute.getKey();
            cells[next++] = attribute.getValue();
        }
        return new Attributes(cells);
    }

    /** Whether those have the same values in the same order. */
    boolean isLike(Map<String, Object> others) {
        if (cells.length != 2 * others.size()) {
            return false;
        }
        int next = 0;
        for (Map.Entry<String, Object> other : others.entrySet()) {
            if (!cells[next++].equals(other.getKey()) || !cells[next++].equals(other.getValue())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        for (int i = 0; i < cells.length; i += 2) {
            if (cells[i].equals(key)) {
                return cells[i + 1];
            }
        }
        return null;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return cells.length / 2;
            }

            @Override
            public Iterator<Map.Entry<String, Object>> iterator() {
                return new Cells(cells);
            }
        };
    }

    private static final class Cells implements Iterator<Map.Entry<String, Object>> {
        private final Object[] cells;
        private int next;

        Cells(Object[] cells) {
            this.cells = cells;
        }

        @Override
        public boolean hasNext() {
            return next < cells.length;
        }

        @Override
        public Map.Entry<String, Object> next() {
            if (next == cells.length) {
                throw new NoSuchElementException();
            }
            next += 2;
            return new SimpleImmutableEntry<>((String) cells[next - 2], cells[next - 1]);
        }
    }
}
