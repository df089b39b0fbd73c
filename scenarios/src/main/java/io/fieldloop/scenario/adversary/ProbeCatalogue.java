package io.fieldloop.scenario.adversary;

import io.fieldloop.scenario.shape.RecordFile;
import io.fieldloop.scenario.shape.yaml.Nearest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every probe and mix there is, by name. */
public final class ProbeCatalogue {
    private static final String BUNDLED = "probes.yaml";

    private final Map<String, Probe> probes;
    private final Map<String, ProbeMix> mixes;

    ProbeCatalogue(Map<String, Probe> probes, Map<String, ProbeMix> mixes) {
        this.probes = Collections.unmodifiableMap(new LinkedHashMap<>(probes));
        this.mixes = Collections.unmodifiableMap(new LinkedHashMap<>(mixes));
    }

    /** The catalogue that ships with Fieldloop; its format is described at the head of the file. */
    public static ProbeCatalogue bundled() {
        return Bundled.CATALOGUE;
    }

    /** Read once, when the first adversary or the schema asks for it. */
    private static final class Bundled {
        static final ProbeCatalogue CATALOGUE = parse(BUNDLED, RecordFile.text(ProbeCatalogue.class, BUNDLED));
    }

    /**
     * Reads a catalogue.
     *
     * @param file what to call it in an error
     * @throws AdversaryConfigException one sentence with the probe and the key that cannot be understood
     */
    public static ProbeCatalogue parse(String file, String yaml) {
        return new ProbeCatalogueReader(file).read(yaml);
    }

    public Map<String, Probe> probes() {
        return probes;
    }

    public Map<String, ProbeMix> mixes() {
        return mixes;
    }

    /** What a scenario may write as {@code probe:}, probes first. */
    public List<String> names() {
        List<String> names = new ArrayList<>(probes.keySet());
        names.addAll(mixes.keySet());
        return Collections.unmodifiableList(names);
    }

    /**
     * The mix, or the probe as a mix of one, as far as it makes sense against {@code listener}.
     *
     * @throws AdversaryConfigException when there is no such name, or nothing of it suits the listener
     */
    public ProbeMix mix(String name, String listener) {
        Probe probe = probes.get(name);
        ProbeMix mix = probe == null ? mixes.get(name) : ProbeMix.of(probe);
        if (mix == null) {
            throw new AdversaryConfigException("unknown probe \"" + name + "\", "
                    + nearest(name)
                            .map(near -> "did you mean \"" + near + "\"?")
                            .orElse("expected one of " + String.join(", ", names())));
        }
        ProbeMix suiting = mix.against(listener);
        if (suiting.members().isEmpty()) {
            throw new AdversaryConfigException(
                    "probe \"" + name + "\" makes no sense against a " + listener + " listener: choose another `to`");
        }
        return suiting;
    }

    /** The name within a few letters of {@code name}, or one that contains it. */
    private Optional<String> nearest(String name) {
        return Nearest.to(name, names())
                .or(() -> names().stream()
                        .filter(candidate -> name.length() > 2 && candidate.contains(name))
                        .findFirst());
    }
}
