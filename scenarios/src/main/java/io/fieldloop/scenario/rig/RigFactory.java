package io.fieldloop.scenario.rig;

import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.model.RigChoice;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.model.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes rigs of one kind, and knows what they can do on this machine. */
public interface RigFactory {
    RigKind kind();

    /** How many of its rigs this machine bears at once. */
    int atOnce();

    /** Why {@code scenario} cannot run in such a rig, in half a sentence; null if it can. */
    default @Nullable String whyNot(Scenario scenario) {
        RigChoice only = scenario.only();
        if (only != null && only.rig() != kind()) {
            return "only in the " + only.rig().wireName() + " rig, because " + only.because();
        }
        RigChoice except = scenario.except();
        return except != null && except.rig() == kind()
                ? "not in the " + except.rig().wireName() + " rig, because " + except.because()
                : null;
    }

    /** Attributes of what becomes of a device that cannot be observed here, such as {@code alert-sent}. */
    default Set<String> unobservable() {
        return Set.of();
    }

    /** Who in such a rig leaves nothing in the journal. */
    default Set<Lane> unobservableLanes() {
        return Set.of();
    }

    /** The words of a command line that make such rigs again. */
    default List<String> options() {
        return List.of("--rig", kind().wireName());
    }

    /**
     * A rig for one run of one scenario.
     *
     * @param scenario the one to run
     * @param evidence a folder for what the run leaves behind beside its journal; made only when something is put there
     */
    Rig make(Scenario scenario, Seeds seeds, Path evidence);

    static RigFactory virtual() {
        SharedWork shared = new SharedWork();
        return new SimulationRigs(
                RigKind.VIRTUAL,
                Runtime.getRuntime().availableProcessors(),
                false,
                (seeds, captures) -> new VirtualRig(seeds, captures, shared));
    }

    static RigFactory socket() {
        return new SimulationRigs(
                RigKind.SOCKET, SimulationRigs.SOCKET_RIGS, false, (seeds, captures) -> new SocketRig(captures));
    }

    /** The same rigs, with every device's link captured; firmware's links always are. */
    default RigFactory capturing() {
        return this;
    }

    /** Rigs that repeat a case of these byte for byte and capture its links; null where there are none. */
    default @Nullable RigFactory capturingRepeat() {
        return null;
    }
}
