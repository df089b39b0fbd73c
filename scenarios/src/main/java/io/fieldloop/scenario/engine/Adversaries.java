package io.fieldloop.scenario.engine;

import io.fieldloop.scenario.adversary.Adversary;
import io.fieldloop.scenario.adversary.AdversaryRuntime;
import io.fieldloop.scenario.adversary.AttackPlan;
import io.fieldloop.scenario.adversary.ProbeCatalogue;
import io.fieldloop.scenario.adversary.ProbeDialer;
import io.fieldloop.scenario.model.AdversarySpec;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.rig.LoopbackSources;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.Seeds;
import io.fieldloop.scenario.shape.Names;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The scenario's adversaries; lives on the rig's loop. */
final class Adversaries {
    private final Rig rig;
    private final Map<String, Adversary> adversaries = new LinkedHashMap<>();

    Adversaries(Scenario scenario, Rig rig, Seeds seeds, JournalWiring wiring) {
        this.rig = rig;
        int firstSource = 0;
        for (Map.Entry<String, AdversarySpec> entry : scenario.adversaries().entrySet()) {
            String name = entry.getKey();
            AdversarySpec spec = entry.getValue();
            AdversaryRuntime runtime = new AdversaryRuntime(
                    rig.loop(), dialer(rig), seeds.generator("adversary:" + name), rig.probeTargets());
            adversaries.put(
                    name,
                    new Adversary(
                            plan(spec, firstSource), ProbeCatalogue.bundled(), runtime, wiring.adversaryNamed(name)));
            firstSource += spec.sources();
        }
    }

    private static ProbeDialer dialer(Rig rig) {
        return (source, listener, pipeline) -> rig.dialDirectly(source, Rig.listenerNamed(listener), pipeline);
    }

    private static AttackPlan plan(AdversarySpec spec, int firstSource) {
        return spec.plan(firstSource, spec.source() == null ? null : LoopbackSources.parse(spec.source()));
    }

    /** Sets the timers of adversaries that begin by themselves. */
    void schedule(Scenario scenario) {
        scenario.adversaries().forEach((name, spec) -> {
            if (spec.starts() != null) {
                rig.loop()
                        .schedule(
                                () -> Objects.requireNonNull(adversaries.get(name))
                                        .start(),
                                spec.starts().toNanos(),
                                TimeUnit.NANOSECONDS);
            }
        });
    }

    /** Begins the attacks of {@code names}; completes when the last has ended. */
    CompletableFuture<Void> begin(Names names) {
        return CompletableFuture.allOf(names.among(adversaries.keySet()).stream()
                .map(name -> Objects.requireNonNull(adversaries.get(name)).start())
                .toArray(CompletableFuture[]::new));
    }

    void stop() {
        adversaries.values().forEach(Adversary::stop);
    }
}
