package io.fieldloop.scenario.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Wall and CPU time since it was made; CPU time is the whole process's, compiler and garbage collector included. */
final class Stopwatch {
    private final long wallNanos = System.nanoTime();
    private final long cpuNanos = processCpuNanos();

    /** For example {@code 9.81 s wall, 11.20 s CPU}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.2f s wall, %.2f s CPU",
                (System.nanoTime() - wallNanos) / 1e9,
                (processCpuNanos() - cpuNanos) / 1e9);
    }

    private static long processCpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** The machine, as far as a figure depends on it. */
    static String machine() {
        return String.format(
                Locale.ROOT,
                "JDK %s, %d cores, load average %.2f",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
