package io.fieldloop.scenario.probe;

import io.fieldloop.scenario.probe.wire.Connector;
import io.fieldloop.scenario.probe.wire.ExamineException;
import io.fieldloop.scenario.probe.wire.Pace;
import io.fieldloop.scenario.probe.wire.ServerUrl;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What looks at somebody's server has in common: its settings, a pace for all its connections, and somebody who waits. */
abstract class Examiner implements AutoCloseable {
    final ExamineSettings settings;
    final InstantSource clock;
    final LongSupplier nanos;
    final SecureRandom random;
    final Consumer<String> progress;
    private final Pace pace;
    private final ScheduledExecutorService timer =
            Executors.newScheduledThreadPool(1, new DefaultThreadFactory("fieldloop-examine", true));

    /**
     * @param nanos the machine's clock
     * @param progress told what is being looked at
     */
    Examiner(
            ExamineSettings settings,
            InstantSource clock,
            LongSupplier nanos,
            SecureRandom random,
            Consumer<String> progress) {
        this.settings = settings;
        this.clock = clock;
        this.nanos = nanos;
        this.random = random;
        this.progress = progress;
        this.pace = new Pace(settings.connectionsPerSecond(), nanos);
    }

    final Connector connector(ServerUrl url, InetAddress address) {
        return new Connector(url, address, pace, random, nanos, timer);
    }

    static ExamineException unreachable(Connector connector, IOException why) {
        return new ExamineException("Nothing can be reached at "
                + NetUtil.toAddressString(connector.address()) + " port "
                + connector.url().port() + ": " + Connector.inWords(why) + ".");
    }

    @Override
    public final void close() {
        timer.shutdownNow();
    }
}
