package io.fieldloop.scenario.rig.virtual;

import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.Seeds;
import io.fieldloop.scenario.rig.capture.LinkCaptures;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Rigs that need nothing but this JVM. */
public record VirtualRigs(SharedWork work, boolean captures) implements RigFactory {
    /** Rigs that capture nothing, and share what is costly and always the same. */
    public static RigFactory factory() {
        return new VirtualRigs(new SharedWork(), false);
    }

    @Override
    public RigKind kind() {
        return RigKind.VIRTUAL;
    }

    @Override
    public int atOnce() {
        return Runtime.getRuntime().availableProcessors();
    }

    @Override
    public RigFactory capturing() {
        return new VirtualRigs(work, true);
    }

    @Override
    public @Nullable RigFactory capturingRepeat() {
        return captures ? null : capturing();
    }

    @Override
    public Rig make(Scenario scenario, Seeds seeds, Path evidence) {
        return new VirtualRig(
                seeds, captures ? LinkCaptures.in(evidence) : LinkCaptures.none(), work, scenario.names());
    }
}
