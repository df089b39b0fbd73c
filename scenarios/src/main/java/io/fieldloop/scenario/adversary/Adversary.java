package io.fieldloop.scenario.adversary;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends one probe or mix at a rate from many source addresses, and reports what became of each.
 *
 * <p>Probe number n is due n/rate after the start, so the rate does not drift; one that could not be sent in time
 * (too many open connections, a busy event loop) follows as soon as it can, in order. All state belongs to the event
 * loop of the {@link AdversaryRuntime}, which must also carry the dialled channels.
 */
public final class Adversary {
    /** How many probes leave before the event loop gets a turn for everybody else. */
    private static final int LAUNCHES_PER_TURN = 64;
    /** Probes held up beyond the end of the attack by more than this are withheld. */
    private static final Duration LATENESS_MAX = Duration.ofSeconds(1);

    /** For rigs whose dialer has no limit of its own. */
    private static final Duration CONNECT_MAX = Duration.ofSeconds(30);

    private final AttackPlan plan;
    private final ProbeMix mix;
    private final EventLoop loop;
    private final ProbeDialer dialer;
    private final RandomGenerator random;
    private final TargetPolicy targets;
    private final AdversaryListener listener;
    private final CompletableFuture<AttackSummary> ended = new CompletableFuture<>();
    private final Set<ProbeRun> open = new LinkedHashSet<>();

    private @Nullable AdversaryConfigException refused;
    private long startNanos;
    private long launched;
    private long sent;
    private long answered;
    private long connectFailed;
    private long overstayed;
    private boolean begun;
    private boolean pumpScheduled;
    private boolean launchingIsOver;

    /** @throws AdversaryConfigException when the catalogue has no such probe, or none for this listener */
    public Adversary(AttackPlan plan, ProbeCatalogue catalogue, AdversaryRuntime runtime, AdversaryListener listener) {
        this.plan = plan;
        this.mix = catalogue.mix(plan.probe(), plan.listener());
        this.loop = runtime.loop();
        this.dialer = runtime.dialer();
        this.random = runtime.random();
        this.targets = runtime.targets();
        this.listener = listener;
    }

    /**
     * Begins the attack; a second call begins nothing and returns the same future.
     *
     * @return completes on the event loop when every probe has ended; fails with {@link AdversaryConfigException} when
     *     a connection led to an address that {@link TargetPolicy} does not allow
     */
    public CompletableFuture<AttackSummary> start() {
        onLoop(this::begin);
        return ended;
    }

    /** Launches no more probes and ends the open ones; the future of {@link #start()} tells when that is done. */
    public void stop() {
        onLoop(() -> {
            launchingIsOver = true;
            List.copyOf(open).forEach(ProbeRun::stop);
            endWhenNothingIsOpen();
        });
    }

    private void begin() {
        if (begun) {
            return;
        }
        begun = true;
        startNanos = now();
        listener.onEvent(new AdversaryEvent.AttackBegan(
                mix.name(), plan.listener(), plan.ratePerSecond(), plan.plannedCount(), plan.sources()));
        pump();
    }

    /** Launches what is due, then sleeps until the next is, or until a connection ends when all places are taken. */
    private void pump() {
        pumpScheduled = false;
        for (int turn = 0; turn < LAUNCHES_PER_TURN; turn++) {
            if (launchingIsOver || launched == plan.plannedCount() || isTooLate()) {
                launchingIsOver = true;
                endWhenNothingIsOpen();
                return;
            }
            if (open.size() >= plan.connectionsMax()) {
                return;
            }
            long waitNanos = dueNanos() - now();
            if (waitNanos > 0) {
                schedulePump(waitNanos);
                return;
            }
            launch();
        }
        schedulePump(0);
    }

    private void schedulePump(long delayNanos) {
        if (!pumpScheduled) {
            pumpScheduled = true;
            loop.schedule(this::pump, delayNanos, TimeUnit.NANOSECONDS);
        }
    }

    private long dueNanos() {
        return startNanos + (long) (launched * 1e9 / plan.ratePerSecond());
    }

    private boolean isTooLate() {
        Duration time = plan.time() == null ? AttackPlan.TIME_MAX : plan.time();
        return now() - startNanos > time.plus(LATENESS_MAX).toNanos();
    }

    private void launch() {
        InetAddress source = plan.sourceOf(launched);
        launched++;
        Probe probe = mix.draw(random);
        // Its own generator: what one probe draws must not depend on how the connections interleave.
        RandomGenerator own = new SplittableRandom(random.nextLong());
        ProbeVariables variables = new ProbeVariables(plan.host(), plan.path(), 0, own);
        new ProbeRun(probe, source, variables).begin();
    }

    private void endWhenNothingIsOpen() {
        if (!begun || !open.isEmpty() || ended.isDone()) {
            return;
        }
        AttackSummary summary = new AttackSummary(
                launched,
                sent,
                answered,
                connectFailed,
                overstayed,
                plan.plannedCount() - launched,
                Duration.ofNanos(now() - startNanos));
        listener.onEvent(new AdversaryEvent.AttackEnded(mix.name(), summary));
        if (refused != null) {
            ended.completeExceptionally(refused);
        } else {
            ended.complete(summary);
        }
    }

    private long now() {
        return loop.ticker().nanoTime();
    }

    private void onLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    /** One connection's way through the books: it ends as a failed connect or as an ended probe, whichever is first. */
    private final class ProbeRun implements ProbeHandler.Observer {
        private final Probe probe;
        private final InetAddress source;
        private final ProbeHandler handler;
        private @Nullable ChannelFuture dialled;
        private @Nullable ScheduledFuture<?> connectTimer;
        private boolean connected;
        private boolean gone;

        private ProbeRun(Probe probe, InetAddress source, ProbeVariables variables) {
            this.probe = probe;
            this.source = source;
            this.handler = new ProbeHandler(probe, variables, targets, this);
        }

        private void begin() {
            open.add(this);
            try {
                ChannelFuture dial = dialer.dial(source, plan.listener(), handler);
                dialled = dial;
                // A dialer may connect or fail before it returns.
                if (!connected && !gone) {
                    connectTimer = loop.schedule(
                            () -> abandon(new ConnectTimeoutException(
                                    "no connection within " + CONNECT_MAX.toSeconds() + " s")),
                            CONNECT_MAX.toNanos(),
                            TimeUnit.NANOSECONDS);
                }
                dial.addListener(done -> {
                    if (!done.isSuccess()) {
                        onLoop(() -> abandon(done.cause()));
                    }
                });
            } catch (RuntimeException failure) {
                abandon(failure);
            }
        }

        private void stop() {
            handler.stop();
            abandon(new CancellationException("the attack was stopped"));
        }

        /** Gives up a connection that is not there yet. */
        private void abandon(Throwable cause) {
            if (connected || gone) {
                return;
            }
            handler.stop();
            // Where no socket could be had, nothing is registered that could be closed.
            if (dialled != null && dialled.channel().isRegistered()) {
                dialled.channel().close();
            }
            connectFailed++;
            listener.onEvent(new AdversaryEvent.ConnectFailed(
                    probe.name(), source, ConnectFailure.of(cause), SafeText.of(ConnectFailure.text(cause))));
            leave();
        }

        private void leave() {
            gone = true;
            if (connectTimer != null) {
                connectTimer.cancel(false);
            }
            open.remove(this);
            if (launchingIsOver) {
                endWhenNothingIsOpen();
            } else {
                schedulePump(0);
            }
        }

        @Override
        public void connected() {
            connected = true;
            if (connectTimer != null) {
                connectTimer.cancel(false);
            }
        }

        @Override
        public void sent(long bytes) {
            sent++;
            listener.onEvent(new AdversaryEvent.ProbeSent(probe.name(), source, bytes));
        }

        @Override
        public void ended(String answer, boolean gatewayAnswered, ClosedBy closedBy, Duration elapsed) {
            answered += gatewayAnswered ? 1 : 0;
            overstayed += closedBy == ClosedBy.DEADLINE ? 1 : 0;
            listener.onEvent(new AdversaryEvent.ProbeEnded(probe.name(), source, answer, closedBy, elapsed));
            leave();
        }

        @Override
        public void targetRefused(AdversaryConfigException refusal) {
            refused = refusal;
            abandon(refusal);
            Adversary.this.stop();
        }
    }
}
