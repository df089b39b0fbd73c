package io.fieldloop.scenario.explain;

import io.fieldloop.scenario.shape.RecordFile;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.NotEmpty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns the texts' file into explanations; a reason without text, or a text without reason, is an error of the build. */
final class ExplanationReader {
    private final String file;

    ExplanationReader(String file) {
        this.file = file;
    }

    /** The whole file: for each side, what is to be said of each of its reasons. */
    record Sides(
            @Default("{}") Map<String, Reason> device,
            @Default("{}") Map<String, Reason> gateway,
            @Default("{}") Map<String, Reason> session) {
        Map<String, Reason> of(Side side) {
            return switch (side) {
                case DEVICE -> device;
                case GATEWAY -> gateway;
                case SESSION -> session;
            };
        }
    }

    /** One reason as the file has it; the components are those of {@link Explanation}. */
    record Reason(
            @Nullable String means,
            @Default("[]") List<String> lines,
            @Nullable String device,
            @Nullable String code,
            @NotEmpty String timing,
            @Default("[]") List<String> server,
            @Default("[]") List<String> causes,
            @Default("[]") List<String> check,
            @NotEmpty String scenario) {}

    Explanations read(String yaml) {
        Sides sides = RecordFile.read(Sides.class, file, yaml);
        List<Explanation> all = new ArrayList<>();
        for (Side side : Side.values()) {
            String place = file + ": " + side.wireName() + ".";
            Map<String, Reason> reasons = sides.of(side);
            for (String reason : reasons.keySet()) {
                require(side.reasons().contains(reason), place + reason + " is no reason");
            }
            for (String reason : side.reasons()) {
                require(reasons.containsKey(reason), place + reason + " is missing");
                all.add(explanation(side, reason, Objects.requireNonNull(reasons.get(reason))));
            }
        }
        return new Explanations(all);
    }

    private Explanation explanation(Side side, String reason, Reason texts) {
        String meaning = texts.means() == null ? side.meaning(reason) : texts.means();
        require(!meaning.isEmpty(), file + ": " + side.wireName() + "." + reason + " says nowhere what it means");
        return new Explanation(
                side,
                reason,
                meaning,
                texts.lines(),
                texts.device(),
                texts.code(),
                texts.timing(),
                texts.server(),
                texts.causes(),
                texts.check().isEmpty() ? side.checks(reason) : texts.check(),
                texts.scenario());
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
