package io.fieldloop.oracle;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.core.ConditionFactory;

/** A program that is not ours, running beside a test: what it prints is kept, and closing it kills it and what it started. */
final class OutsideProgram implements AutoCloseable {
    /** Long for a busy machine; nothing that works takes a tenth of it. */
    static final Duration DEADLINE = Duration.ofSeconds(30);

    private final List<String> command;
    private final Process process;
    private final Thread reader;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private OutsideProgram(List<String> command, Process process) {
        this.command = command;
        this.process = process;
        this.reader = new Thread(this::read, "output-of-" + command.get(0));
        reader.setDaemon(true);
        reader.start();
    }

    /** Waits up to the deadline and looks often, since most of what is waited for comes at once. */
    static ConditionFactory patiently() {
        return await().atMost(DEADLINE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10));
    }

    static OutsideProgram start(List<String> command) {
        return start(command, Map.of());
    }

    static OutsideProgram start(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return new OutsideProgram(command, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a program that ends by itself printed; its input is empty. */
    static String output(List<String> command) {
        return output(command, DEADLINE);
    }

    static String output(List<String> command, Duration limit) {
        try (OutsideProgram program = start(command)) {
            program.endInput();
            return program.awaitEnd(limit);
        }
    }

    /** Whether a program is here and willing: it starts and ends with 0. */
    static boolean works(List<String> command, Map<String, String> environment) {
        try (OutsideProgram program = start(command, environment)) {
            program.endInput();
            program.awaitEnd(DEADLINE);
            return program.process.exitValue() == 0;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Writes a line to its input; one that has ended takes no notice. */
    void say(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            // It ended; what it printed says why.
        }
    }

    void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It ended; what it printed says why.
        }
    }

    /** Waits for a line, and fails with all that was printed when the program ends without it. */
    String awaitLine(Predicate<String> wanted) {
        patiently().until(() -> first(wanted).isPresent() || !reader.isAlive());
        return first(wanted).orElseThrow(() -> new AssertionError(command + " ended without the line:\n" + printed()));
    }

    private Optional<String> first(Predicate<String> wanted) {
        return lines.stream().filter(wanted).findFirst();
    }

    private String awaitEnd(Duration limit) {
        patiently().atMost(limit).until(() -> !process.isAlive() && !reader.isAlive());
        return printed();
    }

    /** Whether somebody takes connections at this loopback port; the one that asks is dropped at once. */
    static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    boolean isRunning() {
        return process.isAlive();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    String printed() {
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        // The parent first and politely, since nginx would replace a worker that goes before it.
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!endsWithin(Duration.ofSeconds(2))) {
            process.destroyForcibly();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private boolean endsWithin(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void read() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // It was killed.
        }
    }

    /** A file of this package's test resources, as a path a program can open. */
    static Path resource(String name) {
        try {
            return Path.of(OutsideProgram.class.getResource(name).toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException("no path leads to " + name, e);
        }
    }
}
