package io.fieldloop.scenario.bench;

import io.fieldloop.scenario.diagnose.log.SignPatterns;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** How long {@code explain --log} takes for a gibibyte with 256 MiB of heap, against ripgrep with the same patterns. */
public final class LogBenchmark {
    private static final long LOG_BYTES = 1L << 30;
    private static final double SAYS_SOMETHING = 0.02;
    private static final List<String> SILENT = List.of(
            "I (%d) AudioCodec: Set output enable to true",
            "I (%d) SystemInfo: free sram: 81423 minimal sram: 65211",
            "D (%d) AfeAudioEngine: VAD state: speech, volume -32 dB, ring buffer 12 of 40",
            "I (%d) Display: SetEmotion: neutral, redraw area 240x240 in 14 ms",
            "I (%d) wifi:<ba-add>idx:0 (ifx:0, 02:00:00:00:00:01), tid:0, ssn:0, winSize:64");
    private static final List<String> TELLING = List.of(
            "I (%d) WS: Connecting to websocket server: wss://voice.example.com/xiaozhi/v1/ with version: 1",
            "E (%d) esp-tls: [sock=54] select() timeout",
            "E (%d) WS: Failed to connect to websocket server, code=32774",
            "I (%d) Application: >> what time is it");

    private LogBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println(Stopwatch.machine());
        Path folder = Files.createTempDirectory("fieldloop-bench");
        Path log = folder.resolve("device.log");
        Path patterns = folder.resolve("patterns");
        try {
            write(log);
            Files.write(patterns, SignPatterns.forRipgrep());
            double ripgrep = seconds("rg", "-c", "-f", patterns.toString(), log.toString());
            double ours = seconds(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "io.fieldloop.scenario.cli.Main",
                    "explain",
                    "--log",
                    log.toString());
            System.out.printf(
                    "ripgrep %.2f s, explain --log %.2f s with -Xmx256m: %.1f times%n", ripgrep, ours, ours / ripgrep);
        } finally {
            Files.deleteIfExists(log);
            Files.deleteIfExists(patterns);
            Files.deleteIfExists(folder);
        }
    }

    private static void write(Path log) throws IOException {
        Random random = new Random(7);
        long millis = 0;
        long written = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(log), 1 << 20)) {
            while (written < LOG_BYTES) {
                millis += 1 + random.nextInt(40);
                List<String> lines = random.nextDouble() < SAYS_SOMETHING ? TELLING : SILENT;
                String line = lines.get(random.nextInt(lines.size())).replace("%d", Long.toString(millis)) + "\n";
                byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
                out.write(bytes);
                written += bytes.length;
            }
        }
    }

    private static double seconds(String... command) throws IOException, InterruptedException {
        long started = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        int code = process.waitFor();
        if (code != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
        }
        return (System.nanoTime() - started) / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
