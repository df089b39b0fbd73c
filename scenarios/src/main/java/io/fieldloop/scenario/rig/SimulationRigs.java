package io.fieldloop.scenario.rig;

import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.rig.capture.LinkCaptures;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The rigs that need nothing but this JVM. */
record SimulationRigs(RigKind kind, int atOnce, boolean captures, BiFunction<Seeds, LinkCaptures, Rig> maker)
        implements RigFactory {
    /** Socket scenarios mostly wait; more at once would measure each other's load. */
    static final int SOCKET_RIGS = 8;

    @Override
    public RigFactory capturing() {
        return new SimulationRigs(kind, atOnce, true, maker);
    }

    @Override
    public @Nullable RigFactory capturingRepeat() {
        return kind == RigKind.VIRTUAL && !captures ? capturing() : null;
    }

    @Override
    public Rig make(Scenario scenario, Seeds seeds, Path evidence) {
        return maker.apply(seeds, captures ? LinkCaptures.in(evidence) : LinkCaptures.none());
    }
}
