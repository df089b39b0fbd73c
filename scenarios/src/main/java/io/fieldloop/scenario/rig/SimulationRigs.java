package io.fieldloop.scenario.rig;

import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.model.Scenario;
import java.nio.file.Path;
import java.util.function.Function;

/** The rigs that need nothing but this JVM. */
record SimulationRigs(RigKind kind, int atOnce, Function<Seeds, Rig> maker) implements RigFactory {
    /** Socket scenarios mostly wait; more at once would measure each other's load. */
    static final int SOCKET_RIGS = 8;

    @Override
    public Rig make(Scenario scenario, Seeds seeds, Path evidence) {
        return maker.apply(seeds);
    }
}
