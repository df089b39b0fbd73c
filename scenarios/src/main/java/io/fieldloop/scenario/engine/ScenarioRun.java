package io.fieldloop.scenario.engine;

import io.fieldloop.scenario.expect.Judge;
import io.fieldloop.scenario.expect.Timeline;
import io.fieldloop.scenario.journal.Journal;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.journal.ScenarioEvent;
import io.fieldloop.scenario.model.PlacedStep;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.rig.ForeignGateway;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.RigException;
import io.fieldloop.scenario.rig.Seeds;
import io.fieldloop.scenario.rig.Story;
import io.fieldloop.scenario.rig.socket.ResourceShortage;
import io.fieldloop.scenario.shape.DurationText;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.pki.CertificateChain;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One case in one rig, from its set-up to the end of the last expectation's window; everything happens on the rig's loop. */
public final class ScenarioRun {
    /** How often the engine looks whether everything expected has already come true. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** How long after the last step the engine waits for what is expected without a time of its own. */
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** A scenario that takes longer than this on a real clock hangs. */
    private static final Duration WALL_MAX = Duration.ofMinutes(30);

    /** Devices and gateways leave within a second; what does not is left to the end of its loops. */
    private static final int CLEARING_SECONDS = 30;

    /** An instant that all share may lie before this rig was made, so a negative one is no sign. */
    private static final long NOT_YET = Long.MIN_VALUE;

    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    /**
     * What was seen.
     *
     * @param timeline the journal up to the end
     * @param problem one sentence that says why the run could not be finished, or null
     */
    public record Seen(Timeline timeline, @Nullable String problem) {}

    private final Scenario scenario;
    private final Rig rig;
    private final Seeds seeds;
    private final Judge judge;
    private final Generator generator;
    private final Journal journal;
    private final CompletableFuture<Void> aborted = new CompletableFuture<>();
    private volatile long beganNanos = NOT_YET;
    private volatile long endNanos;
    private long beganLateNanos;
    private int entriesSeen;
    private long windowsEndNanos;
    private @Nullable GatewayControl gateway;
    private @Nullable DeviceFleet devices;
    private @Nullable Adversaries adversaries;

    /** @param generator which of the devices are its own */
    public ScenarioRun(Scenario scenario, Rig rig, Seeds seeds, Judge judge, Generator generator) {
        this.scenario = scenario;
        this.rig = rig;
        this.seeds = seeds;
        this.judge = judge;
        this.generator = generator;
        this.journal = new Journal(this::nanosSinceBegin);
    }

    /** The scenario begins when its gateway listens; minting keys takes real time on real clocks. */
    private long nanosSinceBegin() {
        long began = beganNanos;
        return began == NOT_YET ? 0 : rig.nanosSinceStart() - began;
    }

    /** Calls {@code observer} with each entry as it is written. */
    public void observe(Consumer<JournalEntry> observer) {
        journal.observe(observer);
    }

    /** Runs the case; what is returned completes on the loop and never fails. */
    public CompletableFuture<Seen> start() {
        return CompletableFuture.supplyAsync(this::runToTheEnd, rig.loop()).thenCompose(seen -> seen);
    }

    /** What comes after the story is settled on the loop before it begins: virtual time does not wait for another thread to say so. */
    private CompletableFuture<Seen> runToTheEnd() {
        return DONE.thenCompose(begun -> run())
                .handleAsync((done, failure) -> clearAway().handle((cleared, ignored) -> seen(failure)), rig.loop())
                .thenCompose(seen -> seen);
    }

    private CompletableFuture<Void> run() {
        Story told = rig.story();
        if (told.part() == Story.Part.FROM_THE_CUT) {
            journal.begin(told.before());
            beganNanos = rig.nanosSinceStart() - told.beganNanos();
        }
        Duration max = rig.kind() == RigKind.VIRTUAL ? Scenario.LENGTH_MAX : WALL_MAX;
        rig.loop()
                .schedule(
                        () -> aborted.completeExceptionally(new RigException("The scenario did not end within "
                                + DurationText.print(max)
                                + "; a step that never finishes holds it up, or it is one for virtual time.")),
                        max.toNanos(),
                        TimeUnit.NANOSECONDS);
        rig.onBroken(aborted::completeExceptionally);
        JournalWiring wiring = new JournalWiring(journal);
        ForeignGateway foreign = rig.foreign();
        GatewayControl control = foreign == null
                ? new OwnGateway(scenario, rig, event -> heard(event, wiring))
                : new UncontrolledGateway(foreign);
        gateway = control;
        DeviceFleet fleet =
                new DeviceFleet(scenario, rig, seeds, control, wiring, generator, aborted::completeExceptionally);
        devices = fleet;
        Adversaries force = new Adversaries(scenario, rig, seeds, wiring);
        adversaries = force;
        StepRunner steps = new StepRunner(rig, this::nanosSinceBegin, journal, control, fleet, force);
        CompletableFuture<Void> story = control.start()
                .thenComposeAsync(listening -> openFront(control), rig.loop())
                .thenComposeAsync(ready -> told.part() == Story.Part.FROM_THE_CUT ? DONE : fleet.powerOn(), rig.loop())
                .thenComposeAsync(started -> untilAllBegin(), rig.loop())
                .thenCompose(sinceNanos -> {
                    beganNanos = sinceNanos;
                    beganLateNanos = nanosSinceBegin();
                    rig.storyBegins();
                    force.schedule(scenario);
                    return steps.runAll(part(told.part()));
                })
                .thenComposeAsync(
                        done -> told.part() == Story.Part.UP_TO_THE_CUT ? DONE : watch(nanosSinceBegin()), rig.loop());
        return CompletableFuture.anyOf(story, aborted).thenAccept(any -> {});
    }

    /** Completes with the instant from which everything counts; that of several generators may have passed when one is ready. */
    private CompletableFuture<Long> untilAllBegin() {
        Instant start = generator.start();
        if (start == null) {
            return CompletableFuture.completedFuture(beganNanos == NOT_YET ? rig.nanosSinceStart() : beganNanos);
        }
        long nanos = Duration.between(rig.clock().instant(), start).toNanos();
        long since = rig.nanosSinceStart() + nanos;
        CompletableFuture<Long> begun = new CompletableFuture<>();
        rig.loop().schedule(() -> begun.complete(since), nanos, TimeUnit.NANOSECONDS);
        return begun;
    }

    private List<PlacedStep> part(Story.Part part) {
        List<PlacedStep> all = scenario.steps();
        int cut = scenario.cut().map(all::indexOf).orElse(0);
        return switch (part) {
            case WHOLE -> all;
            case UP_TO_THE_CUT -> all.subList(0, cut + 1);
            case FROM_THE_CUT -> all.subList(cut, all.size());
        };
    }

    private CompletableFuture<Void> openFront(GatewayControl control) {
        CertificateChain chain = control.certificate();
        return chain == null ? DONE : rig.openFront(chain);
    }

    /** A gateway that gets no socket cannot answer, and what devices make of that is not their story. */
    private void heard(GatewayEvent event, JournalWiring wiring) {
        wiring.onEvent(event);
        if (event instanceof GatewayEvent.AcceptFailed failed) {
            ResourceShortage.in(new IOException(failed.error())).ifPresent(aborted::completeExceptionally);
        }
    }

    private CompletableFuture<Void> watch(long stepsEndedNanos) {
        CompletableFuture<Void> watched = new CompletableFuture<>();
        long endsNanos = stepsEndedNanos + scenario.ends().toNanos();
        look(watched, endsNanos, Math.max(endsNanos, stepsEndedNanos + SETTLE_NANOS));
        return watched;
    }

    private void look(CompletableFuture<Void> watched, long atLeastUntilNanos, long settledNanos) {
        long now = nanosSinceBegin();
        Timeline soFar = new Timeline(journal.entries(), now);
        if (soFar.entries().size() != entriesSeen) {
            entriesSeen = soFar.entries().size();
            windowsEndNanos = judge.watchUntilNanos(soFar);
        }
        long until = Math.max(settledNanos, windowsEndNanos);
        if (now >= until || (now >= atLeastUntilNanos && judge.decided(soFar))) {
            watched.complete(null);
            return;
        }
        long pause = Math.min(until - now, Math.max(LOOK_NANOS, (until - now) / 100));
        rig.loop().schedule(() -> look(watched, atLeastUntilNanos, settledNanos), pause, TimeUnit.NANOSECONDS);
    }

    private CompletableFuture<Void> clearAway() {
        endNanos = nanosSinceBegin();
        if (scenario.load() != null && devices != null) {
            ScenarioEvent measured = new ScenarioEvent.GeneratorMeasured(
                    generator.toString(), devices.size(), Duration.ofNanos(beganLateNanos), rig.worstLag());
            journal.write(Lane.SCENARIO, "load", measured.kind(), measured.attributes());
        }
        journal.close();
        if (adversaries != null) {
            adversaries.stop();
        }
        return rig.lastWords()
                .thenCompose(said -> CompletableFuture.allOf(
                        devices == null ? DONE : devices.remove(), gateway == null ? DONE : gateway.stop(false)))
                .completeOnTimeout(null, CLEARING_SECONDS, TimeUnit.SECONDS);
    }

    /** What was seen so far of a run that did not end. */
    public Seen abandoned(Throwable why) {
        return new Seen(new Timeline(journal.entries(), nanosSinceBegin()), problem(why));
    }

    private Seen seen(@Nullable Throwable failure) {
        return new Seen(new Timeline(journal.entries(), endNanos), problem(failure));
    }

    private static @Nullable String problem(@Nullable Throwable failure) {
        if (failure == null) {
            return null;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String message = ResourceShortage.in(cause)
                .<Throwable>map(shortage -> shortage)
                .orElse(cause)
                .getMessage();
        return message == null ? "The engine stopped with " + cause.getClass().getSimpleName() + "." : message;
    }
}
