package io.fieldloop.scenario.engine;

import io.fieldloop.device.link.profile.Outage;
import io.fieldloop.scenario.journal.Journal;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.journal.ScenarioEvent;
import io.fieldloop.scenario.model.OutageKind;
import io.fieldloop.scenario.model.PlacedStep;
import io.fieldloop.scenario.model.Step;
import io.fieldloop.scenario.rig.FieldDevice;
import io.fieldloop.scenario.rig.Rig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Does a scenario's steps one after the other on the rig's loop. */
final class StepRunner {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final Rig rig;
    private final LongSupplier nanosSinceBegin;
    private final Journal journal;
    private final GatewayControl gateway;
    private final DeviceFleet devices;
    private final Adversaries adversaries;

    StepRunner(
            Rig rig,
            LongSupplier nanosSinceBegin,
            Journal journal,
            GatewayControl gateway,
            DeviceFleet devices,
            Adversaries adversaries) {
        this.rig = rig;
        this.nanosSinceBegin = nanosSinceBegin;
        this.journal = journal;
        this.gateway = gateway;
        this.devices = devices;
        this.adversaries = adversaries;
    }

    /** Completes on the loop when the last step is done. */
    CompletableFuture<Void> runAll(List<PlacedStep> steps) {
        CompletableFuture<Void> all = DONE;
        for (PlacedStep placed : steps) {
            all = all.thenComposeAsync(done -> run(placed), rig.loop());
        }
        return all;
    }

    private CompletableFuture<Void> run(PlacedStep placed) {
        Duration at = placed.at();
        long waitNanos = at == null ? 0 : at.toNanos() - nanosSinceBegin.getAsLong();
        return pause(waitNanos).thenCompose(now -> {
            String verb = placed.step().verb();
            String line = placed.text().line();
            note("step", new ScenarioEvent.StepBegan(verb, placed.label(), line));
            return perform(placed.step())
                    .thenRunAsync(
                            () -> note("step", new ScenarioEvent.StepEnded(verb, placed.label(), line)), rig.loop());
        });
    }

    private void note(String actor, ScenarioEvent event) {
        journal.write(Lane.SCENARIO, actor, event.kind(), event.attributes());
    }

    private CompletableFuture<Void> pause(long nanos) {
        if (nanos <= 0) {
            return DONE;
        }
        CompletableFuture<Void> over = new CompletableFuture<>();
        rig.loop().schedule(() -> over.complete(null), nanos, TimeUnit.NANOSECONDS);
        return over;
    }

    private CompletableFuture<Void> perform(Step step) {
        if (step instanceof Step.Connect connect) {
            return each(devices.devices(connect.of()), FieldDevice::open);
        } else if (step instanceof Step.Reconnect reconnect) {
            return each(devices.devices(reconnect.of()), FieldDevice::reopen);
        } else if (step instanceof Step.Disconnect disconnect) {
            devices.devices(disconnect.of()).forEach(FieldDevice::close);
        } else if (step instanceof Step.Talk talk) {
            return each(devices.devices(talk.devices()), device -> talk(device, talk.speech(), talk.turns()));
        } else if (step instanceof Step.ResetDevice reset) {
            return each(devices.devices(reset.of()), FieldDevice::reset);
        } else if (step instanceof Step.PowerCut cut) {
            return each(devices.devices(cut.of()), device -> device.powerCut(cut.lasts()));
        } else if (step instanceof Step.Console console) {
            return each(devices.devices(console.of()), device -> device.type(console.write()));
        } else if (step instanceof Step.Wait wait) {
            return pause(wait.lasts().toNanos());
        } else if (step instanceof Step.Attack attack) {
            adversaries.begin(attack.of());
        } else {
            return performOnLinkOrGateway(step);
        }
        return DONE;
    }

    private CompletableFuture<Void> performOnLinkOrGateway(Step step) {
        if (step instanceof Step.Outage outage) {
            Outage.How how = outage.how() == OutageKind.REFUSED ? Outage.How.REFUSED : Outage.How.SILENT;
            devices.links(outage.of()).forEach(link -> link.outage(outage.lasts(), how));
        } else if (step instanceof Step.ChangeLink change) {
            devices.links(change.of()).forEach(link -> link.change(change.link().profile()));
        } else if (step instanceof Step.ResetLink reset) {
            devices.links(reset.of()).forEach(link -> link.resetAll());
        } else if (step instanceof Step.Blackhole blackhole) {
            devices.links(blackhole.of()).forEach(link -> link.blackhole(blackhole.lasts()));
        } else {
            return performOnGateway(step);
        }
        return DONE;
    }

    private CompletableFuture<Void> performOnGateway(Step step) {
        if (step instanceof Step.RenewCertificate renew) {
            gateway.renew(renew.serverName(), renew.certificate());
        } else if (step instanceof Step.Faults faults) {
            gateway.replaceFaults(faults.faults());
        } else if (step instanceof Step.RestartGateway restart) {
            return gateway.stop(restart.graceful())
                    .thenCompose(stopped -> pause(restart.down().toNanos()))
                    .thenCompose(over -> gateway.start());
        } else if (step instanceof Step.StopGateway stop) {
            return gateway.stop(stop.graceful());
        } else if (step instanceof Step.StartGateway) {
            return gateway.start();
        } else if (step instanceof Step.CountSessions) {
            note("gateway", gateway.sessionCounts());
        }
        return DONE;
    }

    private CompletableFuture<?> talk(FieldDevice device, Duration speech, int turns) {
        CompletableFuture<?> turn = device.talk(speech);
        return turns == 1 ? turn : turn.thenComposeAsync(done -> talk(device, speech, turns - 1), rig.loop());
    }

    private static CompletableFuture<Void> each(
            List<FieldDevice> devices, Function<FieldDevice, CompletableFuture<?>> action) {
        return CompletableFuture.allOf(devices.stream().map(action).toArray(CompletableFuture[]::new));
    }
}
