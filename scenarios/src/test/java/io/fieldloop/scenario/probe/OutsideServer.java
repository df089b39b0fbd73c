package io.fieldloop.scenario.probe;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server that we did not write, as a process on a port of loopback. */
public final class OutsideServer implements AutoCloseable {
    private final Process process;
    private final int port;

    private OutsideServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** A port that was free a moment ago. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Skips the test where a program is not installed. */
    public static void assumeInstalled(String program) {
        assumeTrue(Files.isExecutable(Path.of(program)), program + " is not installed");
    }

    /** Skips the test where the system's Python has no {@code websockets} (Debian: python3-websockets). */
    public static void assumePythonWebsockets() {
        assumeInstalled("/usr/bin/python3");
        try {
            int exit = new ProcessBuilder("/usr/bin/python3", "-c", "import websockets")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            assumeTrue(exit == 0, "python3-websockets is not installed");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("Python did not end", e);
        }
    }

    /** Starts the program and waits until somebody listens at {@code port}. */
    public static OutsideServer start(int port, Path log, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        OutsideServer server = new OutsideServer(process, port);
        try {
            await().atMost(Duration.ofSeconds(30)).until(server::listens);
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw new IllegalStateException(
                    String.join(" ", command) + " does not listen: " + Files.readString(log), e);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        // The parent first and politely, since nginx would replace a worker that goes before it.
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            process.waitFor(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
