package io.fieldloop.scenario.suite;

import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.Seeds;
import io.fieldloop.scenario.rig.SocketRig;
import io.fieldloop.scenario.rig.VirtualRig;

/** Makes rigs, and knows how many of a kind this machine bears at once. */
final class RigKinds {
    /** Socket scenarios mostly wait; more at once would measure each other's load. */
    private static final int SOCKET_RIGS = 8;

    private RigKinds() {}

    static Rig make(RigKind kind, Seeds seeds) {
        return kind == RigKind.VIRTUAL ? new VirtualRig(seeds) : new SocketRig();
    }

    static int atOnce(RigKind kind) {
        return kind == RigKind.VIRTUAL ? Runtime.getRuntime().availableProcessors() : SOCKET_RIGS;
    }
}
