package io.fieldloop.scenario.front;

import io.fieldloop.scenario.shape.RecordFile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The programs that Fieldloop knows how to put in front of a gateway. */
public final class FrontCatalogue {
    private static final String RESOURCE = "fronts.yaml";

    private final Map<String, Front> fronts;

    private FrontCatalogue(Map<String, Front> fronts) {
        this.fronts = fronts;
    }

    /** Those that come with Fieldloop. */
    public static FrontCatalogue bundled() {
        return Bundled.CATALOGUE;
    }

    /** Read once, when the first scenario or command line asks for it. */
    private static final class Bundled {
        static final FrontCatalogue CATALOGUE = read();
    }

    private static FrontCatalogue read() {
        FrontFile file = RecordFile.read(FrontFile.class, RESOURCE, RecordFile.text(FrontCatalogue.class, RESOURCE));
        Map<String, Front> fronts = new LinkedHashMap<>();
        file.fronts().forEach((name, program) -> {
            FrontFile.Own own = program.own() == null
                    ? null
                    : Objects.requireNonNull(file.own().get(program.own()), name);
            fronts.put(name, new Front(name, program, own, RecordFile.text(FrontCatalogue.class, name + ".conf")));
        });
        return new FrontCatalogue(Collections.unmodifiableMap(fronts));
    }

    public List<String> names() {
        return List.copyOf(fronts.keySet());
    }

    public List<Front> all() {
        return List.copyOf(fronts.values());
    }

    /**
     * The front of that name.
     *
     * @throws IllegalArgumentException in a sentence, if there is none
     */
    public Front named(String name) {
        Front front = fronts.get(name);
        if (front == null) {
            throw new IllegalArgumentException(
                    "there is no front '" + name + "'; expected one of " + String.join(", ", names()));
        }
        return front;
    }
}
