package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.Seeds;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes rigs for one firmware. */
public final class FirmwareRigs implements RigFactory {
    /** Scenarios mostly wait, but a handshake in emulated silicon takes a core for a tenth of a second or more. */
    private static final int RIGS_PER_CORE = 2;

    private static final Set<String> OUTCOME_ATTRIBUTES =
            Set.of("reason", "code", "alert-sent", "alert-received", "phase");

    private final FirmwareChoice choice;
    private final List<String> options;
    private final int atOnce;

    /** As many cases at once as two for each core. */
    public FirmwareRigs(FirmwareChoice choice, List<String> options) {
        this(choice, options, RIGS_PER_CORE * Runtime.getRuntime().availableProcessors());
    }

    /**
     * So many cases at once.
     *
     * @param options the words of a command line that make the same rigs again
     */
    public FirmwareRigs(FirmwareChoice choice, List<String> options, int atOnce) {
        this.choice = choice;
        this.options = List.copyOf(options);
        this.atOnce = atOnce;
    }

    @Override
    public RigKind kind() {
        return RigKind.QEMU;
    }

    @Override
    public List<String> options() {
        return options;
    }

    @Override
    public int atOnce() {
        return atOnce;
    }

    @Override
    public @Nullable String whyNot(Scenario scenario) {
        String otherRig = RigFactory.super.whyNot(scenario);
        return otherRig == null ? new FirmwareFit(choice).whyNot(scenario) : otherRig;
    }

    @Override
    public Set<String> unobservable() {
        return Stream.of(OUTCOME_ATTRIBUTES)
                .flatMap(Set::stream)
                .filter(attribute -> !choice.dictionary().observes(attribute))
                .collect(Collectors.toSet());
    }

    @Override
    public Rig make(Scenario scenario, Seeds seeds, Path evidence) {
        return new FirmwareRig(choice, scenario, seeds, evidence);
    }
}
