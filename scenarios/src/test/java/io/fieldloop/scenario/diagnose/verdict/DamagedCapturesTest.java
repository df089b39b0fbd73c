package io.fieldloop.scenario.diagnose.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A capture of a conversation, damaged at random and always in the same way: every one is read or refused. */
final class DamagedCapturesTest {
    private static final long SEED = 20_261_129;
    private static final int ROUNDS = 400;

    @TempDir
    private Path folder;

    @Test
    void survivesDamage() throws IOException {
        byte[] whole = capture();
        Random random = new Random(SEED);
        CaptureFuzzTest test = new CaptureFuzzTest();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = whole.clone();
            for (int hits = random.nextInt(40); hits >= 0; hits--) {
                // The room for secrets is in front; behind it are the packets.
                int at = 66_000 + random.nextInt(damaged.length - 66_000);
                damaged[at] = (byte) random.nextInt(256);
            }
            test.anyFile(damaged);
        }
    }

    private byte[] capture() throws IOException {
        Path file = Captured.door(folder, """
                scenario: A conversation
                devices: { door: {} }
                steps: [{ connect: door }, { talk: { devices: door, speech: 200ms } }]
                expect: [{ device: door, is: talked }]
                """);
        byte[] bytes = Files.readAllBytes(file);
        assertThat(bytes).hasSizeGreaterThan(70_000);
        return bytes;
    }
}
