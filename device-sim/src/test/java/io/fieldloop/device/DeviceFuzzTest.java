package io.fieldloop.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fieldloop.device.event.ConnectOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * Whatever a server says, the device makes something of it and can be used again.
 *
 * <p>Each line of an input is a message: JSON text, or binary after a {@code #}.
 */
class DeviceFuzzTest {
    private static final int LINES_MAX = 20;
    private static final Duration HELLO_LIMIT = Duration.ofSeconds(11);
    private static final Duration TURN_LIMIT = Duration.ofMinutes(3);

    @FuzzTest(maxDuration = "10m")
    void messagesOfAServer(byte[] data) {
        try (Bench bench = new Bench("xiaozhi-wifi")) {
            CompletableFuture<ConnectOutcome> outcome = bench.device.openChannel();
            bench.acceptsUpgrade();
            boolean talking = false;
            for (String line : new String(data, StandardCharsets.ISO_8859_1).split("\n", LINES_MAX)) {
                say(bench, line);
                if (!talking && outcome.isDone() && outcome.join() instanceof ConnectOutcome.Online) {
                    talking = true;
                    bench.device.talk(Duration.ofMillis(600));
                }
                bench.after(Duration.ofMillis(700));
            }
            bench.after(HELLO_LIMIT).after(TURN_LIMIT);
            assertThat(outcome).isDone();
            assertUsableAgain(bench);
        }
    }

    private static void say(Bench bench, String line) {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        boolean binary = line.startsWith("#");
        if (bench.wire().isOpen()) {
            bench.sendsFrame(binary ? 0x82 : 0x81, binary ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
        }
        bench.receivesFrames();
    }

    private static void assertUsableAgain(Bench bench) {
        bench.receivesFrames();
        bench.device.closeChannel();
        bench.after(Duration.ofSeconds(1));
        bench.online();
    }
}
