package io.fieldloop.scenario.engine;

import io.fieldloop.device.link.LinkControl;
import io.fieldloop.scenario.dispatch.Dispatch;
import io.fieldloop.scenario.journal.Journal;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.journal.ScenarioEvent;
import io.fieldloop.scenario.model.PlacedStep;
import io.fieldloop.scenario.model.PowerSpec;
import io.fieldloop.scenario.model.Step;
import io.fieldloop.scenario.rig.FieldDevice;
import io.fieldloop.scenario.rig.LinkSteps;
import io.fieldloop.scenario.rig.LoopbackSources;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.Story;
import io.fieldloop.scenario.shape.Names;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Does a scenario's steps one after the other on the rig's loop. */
final class StepRunner {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);
    private static final Dispatch<StepRunner, Step, CompletableFuture<Void>> ACTIONS = actions();

    /** On a clock on the wall no timer is exact. */
    private static final Duration LATE_MAX = Duration.ofMillis(-100);

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

    private static Dispatch<StepRunner, Step, CompletableFuture<Void>> actions() {
        Dispatch.Table<StepRunner, Step, CompletableFuture<Void>> table = Dispatch.over(Step.class);
        ofDevices(table);
        ofLinks(table);
        ofTheGateway(table);
        return table.on(Step.Wait.class, (run, wait) -> run.pause(wait.lasts()))
                .on(Step.Attack.class, atOnce((run, attack) -> run.adversaries.begin(attack.of())))
                .complete();
    }

    private static void ofDevices(Dispatch.Table<StepRunner, Step, CompletableFuture<Void>> table) {
        table.on(Step.Connect.class, (run, connect) -> run.each(connect.of(), FieldDevice::open))
                .on(Step.Reconnect.class, (run, reconnect) -> run.each(reconnect.of(), FieldDevice::reopen))
                .on(
                        Step.Disconnect.class,
                        atOnce((run, disconnect) ->
                                run.devices.devices(disconnect.of()).forEach(FieldDevice::close)))
                .on(
                        Step.Talk.class,
                        (run, talk) ->
                                run.each(talk.devices(), device -> run.talk(device, talk.speech(), talk.turns())))
                .on(Step.Interrupt.class, atOnce(StepRunner::interrupt))
                .on(Step.Boot.class, StepRunner::boot)
                .on(
                        Step.PressButton.class,
                        atOnce((run, press) -> run.devices.devices(press.of()).forEach(FieldDevice::pressButton)))
                .on(
                        Step.Publish.class,
                        (run, publish) -> run.each(
                                publish.of(), device -> device.publish(MqttCredentials.message(publish.message()))))
                .on(Step.ResetDevice.class, (run, reset) -> run.each(reset.of(), FieldDevice::reset))
                .on(Step.PowerCut.class, (run, cut) -> run.each(cut.of(), device -> device.powerCut(cut.lasts())))
                .on(
                        Step.Console.class,
                        (run, console) -> run.each(console.of(), device -> device.type(console.write())));
    }

    private static void ofLinks(Dispatch.Table<StepRunner, Step, CompletableFuture<Void>> table) {
        table.on(
                        Step.OnLink.class,
                        atOnce((run, step) ->
                                run.devices.links(step.of()).forEach(link -> LinkSteps.perform(step, link))))
                .on(Step.ChangeName.class, atOnce((run, change) -> run.rig.say(change.of(), change.answer())))
                .on(Step.ReplayVoice.class, atOnce(StepRunner::replay));
    }

    private static void ofTheGateway(Dispatch.Table<StepRunner, Step, CompletableFuture<Void>> table) {
        table.on(
                        Step.RenewCertificate.class,
                        atOnce((run, renew) -> run.gateway.renew(renew.serverName(), renew.certificate())))
                .on(Step.Faults.class, atOnce((run, faults) -> run.gateway.replaceFaults(faults)))
                .on(Step.RestartGateway.class, StepRunner::restart)
                .on(Step.StopGateway.class, (run, stop) -> run.gateway.stop(stop.graceful()))
                .on(Step.StartGateway.class, (run, start) -> run.gateway.start())
                .on(Step.CountSessions.class, atOnce((run, count) -> run.note("gateway", run.gateway.sessionCounts())));
    }

    private static <S> BiFunction<StepRunner, S, CompletableFuture<Void>> atOnce(BiConsumer<StepRunner, S> action) {
        return (run, step) -> {
            action.accept(run, step);
            return DONE;
        };
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
        return pause(untilDue(placed))
                .thenCompose(now -> CompletableFuture.allOf(begin(placed), runAll(placed.meanwhile())));
    }

    private Duration untilDue(PlacedStep placed) {
        Duration at = placed.at();
        return at == null ? Duration.ZERO : at.minusNanos(nanosSinceBegin.getAsLong());
    }

    private CompletableFuture<Void> begin(PlacedStep placed) {
        String verb = placed.step().verb();
        String line = placed.text().line();
        Duration due = untilDue(placed).compareTo(LATE_MAX) < 0 ? placed.at() : null;
        boolean began = placed.power() != null && rig.story().part() == Story.Part.FROM_THE_CUT;
        if (!began) {
            note("step", new ScenarioEvent.StepBegan(verb, placed.label(), line, due));
        }
        CompletableFuture<Void> during = new CompletableFuture<>();
        CompletableFuture<Void> back = powerBack(placed.power(), during);
        CompletableFuture<Void> acted = began ? DONE : ACTIONS.act(this, placed.step());
        acted.thenAccept(during::complete);
        return CompletableFuture.allOf(acted, back)
                .thenRunAsync(() -> note("step", new ScenarioEvent.StepEnded(verb, placed.label(), line)), rig.loop());
    }

    /** Done when those whose power goes meanwhile have come back. */
    private CompletableFuture<Void> powerBack(@Nullable PowerSpec power, CompletableFuture<?> during) {
        return power == null ? DONE : each(power.of(), device -> device.losePower(power, during));
    }

    private void note(String actor, ScenarioEvent event) {
        journal.write(Lane.SCENARIO, actor, event.kind(), event.attributes());
    }

    private CompletableFuture<Void> pause(Duration lasting) {
        if (lasting.isZero() || lasting.isNegative()) {
            return DONE;
        }
        CompletableFuture<Void> over = new CompletableFuture<>();
        rig.loop().schedule(() -> over.complete(null), lasting.toNanos(), TimeUnit.NANOSECONDS);
        return over;
    }

    private CompletableFuture<Void> restart(Step.RestartGateway restart) {
        return gateway.stop(restart.graceful())
                .thenCompose(stopped -> pause(restart.down()))
                .thenCompose(over -> gateway.start());
    }

    private void interrupt(Step.Interrupt interrupt) {
        List<String> inVain = devices.interrupt(interrupt.of());
        if (!inVain.isEmpty()) {
            String step = interrupt.verb() + ": " + interrupt.of();
            note("step", new ScenarioEvent.InterruptedNobody(step, String.join(", ", inVain)));
        }
    }

    private void replay(Step.ReplayVoice replay) {
        for (LinkControl link : devices.links(replay.of())) {
            byte[] datagram = link.recordedDatagram();
            if (datagram != null) {
                rig.dialDirectly(LoopbackSources.parse(replay.source()), Rig.UDP, new SendOnce(datagram));
            }
        }
    }

    private CompletableFuture<Void> boot(Step.Boot boot) {
        CompletableFuture<Void> ready = each(boot.of(), FieldDevice::boot);
        return boot.waits() ? ready : DONE;
    }

    private CompletableFuture<?> talk(FieldDevice device, Duration speech, int turns) {
        CompletableFuture<?> turn = device.talk(speech);
        return turns == 1 ? turn : turn.thenComposeAsync(done -> talk(device, speech, turns - 1), rig.loop());
    }

    private CompletableFuture<Void> each(Names names, Function<FieldDevice, CompletableFuture<?>> action) {
        return CompletableFuture.allOf(
                devices.devices(names).stream().map(action).toArray(CompletableFuture[]::new));
    }
}
