package io.fieldloop.qemu.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PipeConsoleTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final StringBuilder heard = new StringBuilder();
    private int full;

    @TempDir
    Path directory;

    @Test
    void keepsWhatIsWrittenBeforeAnybodyListensAndTellsWhenThatWasTooMuch() throws Exception {
        channel.freezeTime();
        Path pipes = directory.resolve("console");
        PipeConsole.make(pipes);
        PipeConsole console = PipeConsole.open(channel.eventLoop(), pipes);
        try (RandomAccessFile machine =
                new RandomAccessFile(PipeConsole.out(pipes).toFile(), "rw")) {
            machine.write("boot\n".getBytes(StandardCharsets.US_ASCII));
            console.hear(bytes -> heard.append(bytes.toString(StandardCharsets.US_ASCII)), () -> full++);
            poll();
            assertThat(heard).asString().isEqualTo("boot\n");
            assertThat(full).isZero();

            machine.write(new byte[64 * 1024]);
            poll();
            assertThat(full).isEqualTo(1);
            assertThat(heard).hasSize(5 + 64 * 1024);

            machine.write("end".getBytes(StandardCharsets.US_ASCII));
        }
        console.drain();
        assertThat(heard).asString().endsWith("end");
    }

    private void poll() {
        channel.advanceTimeBy(5, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }
}
