package io.fieldloop.scenario.model;

import io.fieldloop.device.record.RecordCopy;
import io.fieldloop.scenario.model.value.WriteRange;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.Inline;
import io.fieldloop.scenario.shape.annotation.Key;
import io.fieldloop.scenario.shape.annotation.Syntax;
import io.fieldloop.scenario.shape.annotation.Written;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import io.fieldloop.scenario.shape.yaml.SourceText;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A step and its place in the run.
 *
 * @param step what is done
 * @param at not before this time since the start; null for as soon as the step before is done
 * @param meanwhile what is done while it goes on, in order
 * @param power where firmware's power goes while it is done; null for nowhere
 * @param label name by which expectations refer to it; null for none
 * @param text the step as written
 * @param position where it stands
 */
@Doc("One thing that is done; the next begins when it is done")
public record PlacedStep(
        @Inline Step step,

        @Doc("Not before this time since the start") @Nullable
        Duration at,

        @Doc("Steps that begin with it and are done while it goes on, in order; the next step waits for both")
        @Default("[]")
        List<PlacedStep> meanwhile,

        @Doc("Where the power goes while it is done") @Nullable
        PowerSpec power,

        @Doc("A label that `after:` and `before:` can name") @Key("as") @Nullable @Written(Syntax.WORD)
        String label,

        SourceText text,
        SourcePosition position) {
    public PlacedStep {
        meanwhile = List.copyOf(meanwhile);
    }

    /** Whether it is nothing but a step: no time, no label, and nothing goes on beside it. */
    boolean isBare() {
        return at == null && label == null && power == null && meanwhile.isEmpty();
    }

    /** The same where its power goes at this write; as it is where its power does not go. */
    PlacedStep cutAt(int write) {
        if (power == null) {
            return this;
        }
        PlacedStep cut = RecordCopy.with(this, "power.atWrite", WriteRange.one(write));
        String written = text.line().replace(": " + power.atWrite(), ": " + write);
        return RecordCopy.with(cut, "text", new SourceText(written));
    }

    /** It and all that is done meanwhile. */
    public Stream<PlacedStep> withMeanwhile() {
        return Stream.concat(Stream.of(this), meanwhile.stream().flatMap(PlacedStep::withMeanwhile));
    }
}
