package io.fieldloop.qemu.link;

import io.fieldloop.qemu.OwnsWallClock;
import io.fieldloop.qemu.machine.BootMedium;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.runner.Emulation;
import io.fieldloop.qemu.runner.EmulationConfig;
import io.fieldloop.qemu.runner.EmulationListener;
import io.fieldloop.qemu.runner.Emulator;
import io.fieldloop.qemu.runner.FirmwareEvent;
import io.fieldloop.qemu.runner.ProcessEmulator;
import io.fieldloop.qemu.runner.container.ContainerEmulator;
import io.fieldloop.qemu.runner.container.ContainerImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * How long the reference firmware takes to its first line, to TLS and to its hello, as a process and in a container by turns; and ten of
 * them at once: {@code mvn -q -Pbench-qemu -pl qemu -am process-test-classes -Dbench=BootBenchmark}.
 */
@OwnsWallClock("it measures")
final class BootBenchmark {
    private static final int ROUNDS = 8;
    private static final int DEVICES = 10;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int KIBIBYTES_PER_MEBIBYTE = 1024;
    private static final String ONLINE = "fieldloop: online ";
    private static final List<String> MARKS = List.of("fieldloop: boot ", "fieldloop: tls established", ONLINE);

    private final Path directory;
    private final StubTls tls;
    private int started;

    private BootBenchmark(Path directory, StubTls tls) {
        this.directory = directory;
        this.tls = tls;
    }

    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory("fl");
        BootBenchmark benchmark = new BootBenchmark(directory, StubTls.in(directory));
        ContainerEmulator containers = new ContainerEmulator(ContainerImage.reference(), System.out::println);
        containers.ready().join();
        Map<String, Emulator> emulators = new LinkedHashMap<>();
        emulators.put("process", new ProcessEmulator());
        emulators.put("container", containers);
        benchmark.boots(emulators);
        for (Map.Entry<String, Emulator> emulator : emulators.entrySet()) {
            benchmark.tenAtOnce(emulator.getKey(), emulator.getValue());
        }
    }

    private void boots(Map<String, Emulator> emulators) throws Exception {
        Map<String, List<double[]>> seconds = new LinkedHashMap<>();
        for (int round = -1; round < ROUNDS; round++) {
            for (Map.Entry<String, Emulator> emulator : emulators.entrySet()) {
                try (Device device = new Device(emulator.getValue())) {
                    double[] marks = device.online();
                    if (round >= 0) {
                        seconds.computeIfAbsent(emulator.getKey(), name -> new ArrayList<>())
                                .add(marks);
                    }
                }
            }
        }
        seconds.forEach((name, runs) -> System.out.printf(
                Locale.ROOT,
                "%-9s  first line %.2f s, TLS %.2f s, hello %.2f s (medians of %d)%n",
                name,
                median(runs, 0),
                median(runs, 1),
                median(runs, 2),
                runs.size()));
    }

    private static double median(List<double[]> runs, int mark) {
        double[] sorted = runs.stream().mapToDouble(run -> run[mark]).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private void tenAtOnce(String name, Emulator emulator) throws Exception {
        long start = System.nanoTime();
        List<Device> devices = new ArrayList<>();
        try {
            for (int i = 0; i < DEVICES; i++) {
                devices.add(new Device(emulator));
            }
            for (Device device : devices) {
                device.online();
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-9s  %d devices: all said hello after %.1f s, %d MiB of their own%n",
                    name,
                    DEVICES,
                    (System.nanoTime() - start) / NANOS_PER_SECOND,
                    mebibytes());
        } finally {
            for (Device device : devices) {
                device.close();
            }
        }
    }

    /** What the machines do not share with each other (PSS). */
    private long mebibytes() {
        return ProcessHandle.allProcesses().mapToLong(this::kibibytes).sum() / KIBIBYTES_PER_MEBIBYTE;
    }

    private long kibibytes(ProcessHandle process) {
        Path folder = Path.of("/proc", Long.toString(process.pid()));
        try {
            String command = Files.readString(folder.resolve("cmdline"), StandardCharsets.ISO_8859_1);
            if (!command.contains("qemu-system-") || !command.contains(tls.root())) {
                return 0;
            }
            return Files.readAllLines(folder.resolve("smaps_rollup")).stream()
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException gone) {
            return 0;
        }
    }

    /** One machine with a gateway of its own. */
    private final class Device implements AutoCloseable, EmulationListener {
        private final StubGateway gateway = new StubGateway(tls.sockets());
        private final double[] marks = new double[MARKS.size()];
        private final CompletableFuture<double[]> online = new CompletableFuture<>();
        private final long startNanos = System.nanoTime();
        private final CompletableFuture<Emulation> emulation;

        Device(Emulator emulator) throws Exception {
            Path own = Files.createDirectories(directory.resolve(Integer.toString(started++)));
            Path elf = Files.copy(FirmwareBench.FIRMWARE, own.resolve("lx60.elf"));
            String settings = "url=wss://10.0.2.2:" + gateway.port()
                    + "/xiaozhi/v1/ token=t seed=00112233445566778899aabbccddeeff autoconnect=1 ca=" + tls.root();
            emulation = emulator.start(
                    EmulationConfig.of("bench", Machine.named("lx60"), new BootMedium.Kernel(elf, settings), own),
                    this);
            new Thread(this::welcome, "bench-gateway").start();
        }

        private void welcome() {
            try {
                gateway.welcome();
            } catch (Exception failed) {
                online.completeExceptionally(failed);
            }
        }

        double[] online() throws Exception {
            return online.get(2, TimeUnit.MINUTES);
        }

        @Override
        public void consoleLine(String line) {
            for (int mark = 0; mark < marks.length; mark++) {
                if (line.contains(MARKS.get(mark))) {
                    marks[mark] = (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
                }
            }
            if (line.contains(ONLINE)) {
                online.complete(marks);
            }
        }

        @Override
        public void event(FirmwareEvent event) {}

        @Override
        public void close() throws IOException {
            emulation.join().stop().join();
            gateway.close();
        }
    }
}
