package io.fieldloop.scenario.explain;

import io.fieldloop.scenario.shape.RecordFile;
import java.util.List;
import java.util.Optional;

/** All reasons, explained; the texts are in {@code reasons.yaml}. */
public final class Explanations {
    private static final String RESOURCE = "reasons.yaml";

    private final List<Explanation> all;

    Explanations(List<Explanation> all) {
        this.all = List.copyOf(all);
    }

    /** The texts that come with Fieldloop. */
    public static Explanations bundled() {
        return new ExplanationReader(RESOURCE).read(RecordFile.text(Explanations.class, RESOURCE));
    }

    /** The same in another language. */
    public static Explanations bundled(Translation language) {
        return new Explanations(
                bundled().all().stream().map(one -> one.in(language)).toList());
    }

    /** In the order of the vocabularies. */
    public List<Explanation> all() {
        return all;
    }

    /** Those of this word, one for each side that uses it; none for a word nobody uses. */
    public List<Explanation> named(String reason) {
        return all.stream().filter(one -> one.reason().equals(reason)).toList();
    }

    public Optional<Explanation> find(Side side, String reason) {
        return all.stream()
                .filter(one -> one.side() == side && one.reason().equals(reason))
                .findFirst();
    }
}
