package io.fieldloop.scenario.rig;

import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.model.RigChoice;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.model.device.DeviceSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
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
        if (scenario.front() != null && kind() == RigKind.VIRTUAL) {
            return "not in the virtual rig, because its front is a real program";
        }
        if (scenario.cut().isPresent() && kind() != RigKind.QEMU) {
            return "only in the qemu rig, because only firmware writes into a flash";
        }
        if (kind() != RigKind.QEMU && scenario.devices().values().stream().anyMatch(DeviceSpec::dials)) {
            return "only in the qemu rig, because the simulated device has no TCP/IP to put behind its modem";
        }
        RigChoice except = scenario.except();
        return except != null && except.rig() == kind()
                ? "not in the " + except.rig().wireName() + " rig, because " + except.because()
                : null;
    }

    /** What such a rig has to make do with in {@code scenario}, in half a sentence; null for nothing. */
    default @Nullable String remark(Scenario scenario) {
        return null;
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
     * Makes what cases of one file begin with, once for all of them, where there is such a thing: a flash as it was at each write.
     *
     * @param play plays a story in a rig and gives what was seen of it, or null where it could not be finished
     */
    default void prepare(
            Scenario scenario, Seeds seeds, Path evidence, Function<Rig, @Nullable List<JournalEntry>> play) {}

    /** How many writes there were that the power of a scenario can go at, as far as such a story has been told; none where it was not. */
    default OptionalInt writes(Scenario scenario, Seeds seeds) {
        return OptionalInt.empty();
    }

    /**
     * A rig for one run of one scenario.
     *
     * @param scenario the one to run
     * @param evidence a folder for what the run leaves behind beside its journal; made only when something is put there
     */
    Rig make(Scenario scenario, Seeds seeds, Path evidence);

    /** The same rigs, with every device's link captured; firmware's links always are. */
    default RigFactory capturing() {
        return this;
    }

    /** Rigs that repeat a case of these byte for byte and capture its links; null where there are none. */
    default @Nullable RigFactory capturingRepeat() {
        return null;
    }
}
