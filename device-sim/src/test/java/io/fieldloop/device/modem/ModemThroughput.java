package io.fieldloop.device.modem;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Locale;

/**
 * Bytes that an ML307 takes off its UART in a second of CPU, as commands with 730 bytes in hexadecimal, on one thread:
 * {@code mvn -q -o -pl device-sim test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=io.fieldloop.device.modem.ModemThroughput}.
 */
public final class ModemThroughput {

    private static final int COMMANDS = 100_000;
    private static final int WARM_UP = 20_000;
    private static final double BYTES_AT_921600 = 92_160;

    private ModemThroughput() {}

    public static void main(String[] arguments) {
        String command = "AT+MIPSEND=1,730," + "5A".repeat(730);
        try (ModemBench bench = new ModemBench("ml307")) {
            bench.type("AT+MIPOPEN=1,\"TCP\",\"gateway.test\",8000,,0");
            run(bench, command, WARM_UP);
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadCpuTime();
            run(bench, command, COMMANDS);
            double seconds = (threads.getCurrentThreadCpuTime() - before) / 1e9;
            double bytesPerSecond = (double) COMMANDS * (command.length() + 2) / seconds;
            System.out.printf(
                    Locale.ROOT,
                    "%.1f MB a second of CPU, %.0f x what 921,600 baud carries%n",
                    bytesPerSecond / 1e6,
                    bytesPerSecond / BYTES_AT_921600);
        }
    }

    private static void run(ModemBench bench, String command, int times) {
        for (int count = 0; count < times; count++) {
            bench.modem.receive(command + "\r\n");
            bench.after(Duration.ofMillis(10));
            bench.sent();
        }
    }
}
