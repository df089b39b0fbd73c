package io.fieldloop.scenario.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * How long an hour of a thousand devices behind modems takes in virtual time: every byte passes a UART of 921,600 baud as AT commands and
 * hexadecimal lines, and TLS ends in the modem.
 *
 * <p>Two rigs of half the devices, each on a thread of its own. Every device talks every 100 s: 2 s of speech and the reply.
 * Give another profile to compare, such as {@code xiaozhi-wifi}.
 */
public final class ModemHourBenchmark {
    private static final int RIGS = 2;
    private static final int DEVICES = 500;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration PING_EVERY = Duration.ofMinutes(1);
    private static final Duration TURN_EVERY = Duration.ofSeconds(100);

    private ModemHourBenchmark() {}

    public static void main(String[] arguments) {
        String profile = arguments.length == 0 ? "xiaozhi-ml307" : arguments[0];
        System.out.println(Stopwatch.machine());
        Stopwatch watch = new Stopwatch();
        List<CompletableFuture<VirtualDay.Tally>> rigs = IntStream.range(0, RIGS)
                .mapToObj(rig -> CompletableFuture.supplyAsync(
                        () -> new VirtualDay(DEVICES, PING_EVERY, profile, TURN_EVERY).run(HOUR),
                        task -> new Thread(task, "rig-" + rig).start()))
                .toList();
        long turns = rigs.stream().mapToLong(rig -> rig.join().turns()).sum();
        long frames = rigs.stream().mapToLong(rig -> rig.join().audioFrames()).sum();
        long lost = rigs.stream().mapToLong(rig -> rig.join().channelsLost()).sum();
        System.out.printf(
                "%s: %d devices, an hour, %d turns, %d frames of voice, %d channels lost: %s%n",
                profile, RIGS * DEVICES, turns, frames, lost, watch);
    }
}
