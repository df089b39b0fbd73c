package io.fieldloop.scenario.bench;

import io.fieldloop.scenario.adversary.Adversary;
import io.fieldloop.scenario.adversary.AdversaryRuntime;
import io.fieldloop.scenario.adversary.AttackPlan;
import io.fieldloop.scenario.adversary.AttackPlans;
import io.fieldloop.scenario.adversary.AttackSummary;
import io.fieldloop.scenario.adversary.ProbeCatalogue;
import io.fieldloop.scenario.adversary.SocketProbeDialer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Hostile traffic in a process of its own: every mix of the catalogue against both listeners, from many sources.
 *
 * <p>Arguments: plain port, TLS port, connections per second in all, seconds. Prints what it came to.
 */
final class FloodProcess {
    private static final Map<String, List<String>> MIXES = Map.of(
            "ws", List.of("internet-background", "targeted-scan", "upgrade-flood"),
            "wss", List.of("internet-background", "targeted-scan"));
    private static final int ATTACKS = 5;
    private static final int SOURCES_EACH = 200;
    private static final int CONNECTIONS_MAX = 8_192;

    private FloodProcess() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, InetSocketAddress> targets = Map.of("ws", at(arguments[0]), "wss", at(arguments[1]));
        double rateEach = Double.parseDouble(arguments[2]) / ATTACKS;
        Duration time = Duration.ofSeconds(Long.parseLong(arguments[3]));
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        EventLoop loop = group.next();
        List<CompletableFuture<AttackSummary>> attacks = new ArrayList<>();
        for (String listener : MIXES.keySet()) {
            for (String mix : MIXES.get(listener)) {
                AttackPlan plan = AttackPlans.of(mix)
                        .listener(listener)
                        .ratePerSecond(rateEach)
                        .time(time)
                        .sources(SOURCES_EACH)
                        .firstSource(attacks.size() * SOURCES_EACH)
                        .connectionsMax(CONNECTIONS_MAX)
                        .build();
                AdversaryRuntime runtime = new AdversaryRuntime(
                        loop,
                        new SocketProbeDialer(loop, EpollSocketChannel::new, targets),
                        new SplittableRandom(attacks.size()));
                attacks.add(new Adversary(plan, ProbeCatalogue.bundled(), runtime, event -> {}).start());
            }
        }
        report(attacks);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    private static InetSocketAddress at(String port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
    }

    private static void report(List<CompletableFuture<AttackSummary>> attacks) {
        long launched = 0;
        long sent = 0;
        long failed = 0;
        double seconds = 0;
        for (CompletableFuture<AttackSummary> attack : attacks) {
            AttackSummary summary = attack.join();
            launched += summary.launched();
            sent += summary.sent();
            failed += summary.connectFailed();
            seconds = Math.max(seconds, summary.elapsed().toMillis() / 1e3);
        }
        System.out.printf(
                Locale.ROOT,
                "flood: %,d connections from %,d sources in %.0f s, %,d probes sent, %,d not connected%n",
                launched,
                attacks.size() * SOURCES_EACH,
                seconds,
                sent,
                failed);
    }
}
