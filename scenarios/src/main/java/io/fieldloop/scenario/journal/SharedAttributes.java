package io.fieldloop.scenario.journal;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Gives details that were seen before once more, since most of what a device does it does often.
 *
 * <p>Each place of the table keeps the latest of those that fall on it: what is rare costs a place for a while and nothing else.
 */
final class SharedAttributes {
    private static final int PLACES_MIN = 1 << 10;
    private static final int PLACES_MAX = 1 << 20;

    private @Nullable Attributes[] places = new Attributes[PLACES_MIN];
    private int made;

    /**
     * Those, or what is made of them.
     *
     * @param prepare makes what is kept of details that have not been seen; what it has made stays as it is when prepared again
     */
    Attributes of(Map<String, Object> attributes, UnaryOperator<Map<String, Object>> prepare) {
        int hash = attributes.hashCode();
        Attributes known = places[place(hash)];
        if (known != null && known.isLike(attributes)) {
            return known;
        }
        Attributes next = Attributes.of(prepare.apply(attributes));
        if (++made > places.length && places.length < PLACES_MAX) {
            grow();
        }
        places[place(hash)] = next;
        return next;
    }

    private int place(int hash) {
        return (hash ^ hash >>> 16) & places.length - 1;
    }

    private void grow() {
        @Nullable Attributes[] before = places;
        places = new Attributes[2 * before.length];
        for (Attributes one : before) {
            if (one != null) {
                places[place(one.hashCode())] = one;
            }
        }
    }
}
