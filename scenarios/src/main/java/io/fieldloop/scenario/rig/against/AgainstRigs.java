package io.fieldloop.scenario.rig.against;

import io.fieldloop.scenario.adversary.TargetPolicy;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.rig.ForeignGateway;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.Seeds;
import io.fieldloop.scenario.rig.capture.LinkCaptures;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes rigs around one gateway that is not ours. */
public final class AgainstRigs implements RigFactory {
    private final ForeignGateway gateway;
    private final TargetPolicy probeTargets;
    private final List<String> options;
    private final boolean captures;

    /**
     * @param probeTargets where hostile traffic may go
     * @param options the words of a command line that make the same rigs again
     */
    public AgainstRigs(ForeignGateway gateway, TargetPolicy probeTargets, List<String> options) {
        this(gateway, probeTargets, options, false);
    }

    private AgainstRigs(ForeignGateway gateway, TargetPolicy probeTargets, List<String> options, boolean captures) {
        this.gateway = gateway;
        this.probeTargets = probeTargets;
        this.options = List.copyOf(options);
        this.captures = captures;
    }

    @Override
    public RigFactory capturing() {
        return new AgainstRigs(gateway, probeTargets, options, true);
    }

    @Override
    public RigKind kind() {
        return RigKind.SOCKET;
    }

    @Override
    public List<String> options() {
        return options;
    }

    /** All cases meet the same gateway, where devices of one name are one device: whoever came first is thrown out. */
    @Override
    public int atOnce() {
        return 1;
    }

    @Override
    public @Nullable String whyNot(Scenario scenario) {
        String otherRig = RigFactory.super.whyNot(scenario);
        return otherRig == null ? new AgainstFit(gateway, probeTargets).whyNot(scenario) : otherRig;
    }

    /** What it reports stays with it. */
    @Override
    public Set<Lane> unobservableLanes() {
        return Set.of(Lane.GATEWAY);
    }

    @Override
    public Rig make(Scenario scenario, Seeds seeds, Path evidence) {
        return new AgainstRig(gateway, probeTargets, captures ? LinkCaptures.in(evidence) : LinkCaptures.none());
    }
}
