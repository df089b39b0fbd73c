package io.fieldloop.scenario.diagnose;

import io.fieldloop.scenario.explain.Explanation;
import io.fieldloop.scenario.explain.Explanations;
import io.fieldloop.scenario.explain.Side;
import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.shape.RecordFile;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.NotEmpty;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The texts of all causes: those of {@code causes.yaml}, each reason of the device and of the gateway as {@code fieldloop explain} has it. */
public final class CauseTexts {
    private static final String RESOURCE = "causes.yaml";

    private final Map<String, CauseText> byWord = new LinkedHashMap<>();
    private final Map<String, CauseText> refusals = new HashMap<>();

    private record File(@Default("{}") Map<String, Entry> causes) {}

    private record Entry(
            @Nullable String reason,
            @NotEmpty String means,
            @Default("[]") List<String> fix,
            @Nullable String scenario,
            @Default("false") boolean mild) {}

    private final Translation language;

    private CauseTexts(Translation language) {
        this.language = language;
    }

    /** The texts that come with Fieldloop. */
    public static CauseTexts bundled() {
        return beside(Explanations.bundled(), Translation.english());
    }

    /** The same in another language, beside the reasons that have been read in it. */
    public static CauseTexts beside(Explanations reasons, Translation language) {
        CauseTexts texts = new CauseTexts(language);
        List<Explanation> explanations = reasons.all();
        explanations.stream().filter(one -> one.side() == Side.DEVICE).forEach(texts::add);
        File file = RecordFile.read(File.class, RESOURCE, RecordFile.text(CauseTexts.class, RESOURCE));
        file.causes()
                .forEach((word, one) -> texts.byWord.put(
                        word,
                        new CauseText(
                                word,
                                one.reason(),
                                language.of(one.means()),
                                language.of(one.fix()),
                                one.scenario(),
                                one.mild())));
        explanations.stream().filter(one -> one.side() == Side.GATEWAY).forEach(texts::addRefusal);
        return texts;
    }

    /** The language they are in. */
    public Translation language() {
        return language;
    }

    private void add(Explanation one) {
        byWord.put(
                one.reason(),
                new CauseText(one.reason(), one.reason(), one.meaning(), one.checks(), one.scenario(), false));
    }

    /** What a gateway refuses is not always a device's, and so has none of its reasons. */
    private void addRefusal(Explanation one) {
        refusals.put(
                one.reason(), new CauseText(one.reason(), null, one.meaning(), one.checks(), one.scenario(), false));
    }

    public Optional<CauseText> find(String word) {
        return Optional.ofNullable(byWord.getOrDefault(word, refusals.get(word)));
    }

    /** The text of a word that a table of this build names. */
    public CauseText of(String word) {
        return find(word).orElseThrow(() -> new IllegalStateException(RESOURCE + " has no cause " + word + "."));
    }

    /** The reasons of the device first, in the order of their vocabulary; those of the gateway are not among them. */
    public List<CauseText> all() {
        return List.copyOf(byWord.values());
    }
}
