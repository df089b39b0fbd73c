package io.fieldloop.scenario.rig;

import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.rig.capture.LinkCaptures;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Rigs that need nothing but this JVM. */
record VirtualRigs(SharedWork work, boolean captures) implements RigFactory {
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
