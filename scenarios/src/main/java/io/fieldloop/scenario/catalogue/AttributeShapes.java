package io.fieldloop.scenario.catalogue;

import io.fieldloop.scenario.shape.ScalarShapes;
import io.fieldloop.scenario.shape.Shape;
import io.fieldloop.scenario.shape.WordShapes;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What may stand below {@code where:}: the attributes of the kind of event, as a journal file spells them.
 *
 * <p>A kind that several lanes have takes the attributes of all of them, unless the file says whose entry it means.
 */
public final class AttributeShapes {
    private AttributeShapes() {}

    static Map<String, Map<String, Shape>> forms() {
        Map<String, Map<String, Shape>> forms = new LinkedHashMap<>();
        for (EventKind kind : EventCatalogue.all()) {
            for (String words :
                    List.of(kind.kind(), kind.kind() + " " + kind.lane().wireName())) {
                Map<String, Shape> form = forms.computeIfAbsent(words, none -> new LinkedHashMap<>());
                kind.attributes()
                        .forEach(attribute -> form.merge(attribute.key(), of(attribute), AttributeShapes::either));
            }
        }
        return forms;
    }

    /** Of two lanes' attributes of one name, the one that takes more. */
    private static Shape either(Shape one, Shape other) {
        return other instanceof Shape.Text text && text.words().isEmpty() ? other : one;
    }

    /** What the attribute takes. */
    public static Shape of(EventAttribute attribute) {
        if (attribute.name().equals(EventCatalogue.DEVICE)) {
            return new Shape.NameList(EventCatalogue.DEVICE);
        }
        if (!attribute.vocabulary().isEmpty()) {
            return WordShapes.of(attribute.vocabulary(), () -> Vocabulary.plain(attribute.words()));
        }
        Class<?> type = attribute.type();
        if (type == Duration.class) {
            return ScalarShapes.SECONDS;
        }
        if (type == boolean.class || type == Boolean.class) {
            return ScalarShapes.TRUTH;
        }
        return type == String.class || InetAddress.class.isAssignableFrom(type)
                ? ScalarShapes.FREE
                : ScalarShapes.NUMERAL;
    }
}
