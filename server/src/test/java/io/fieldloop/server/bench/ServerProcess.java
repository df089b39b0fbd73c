package io.fieldloop.server.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server under measurement: a process of its own, whose CPU time is all of its threads'. */
final class ServerProcess implements AutoCloseable {
    private final String name;
    private final Process process;
    private final int plainPort;
    private final int tlsPort;

    private ServerProcess(String name, Process process, int plainPort, int tlsPort) {
        this.name = name;
        this.process = process;
        this.plainPort = plainPort;
        this.tlsPort = tlsPort;
    }

    /** Starts it; the first line it prints is its two ports. */
    static ServerProcess start(String name, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("NODE_PATH", "/usr/share/nodejs"); // where Debian's node-ws lies
        Process process = builder.start();
        String line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        if (line == null) {
            throw new IOException(
                    name + " did not start; Debian and Ubuntu have it as nodejs and node-ws, or python3-websockets.");
        }
        String[] ports = line.split(" ", -1);
        return new ServerProcess(name, process, Integer.parseInt(ports[0]), Integer.parseInt(ports[1]));
    }

    /** One that runs already, and knows no end of its input. */
    static ServerProcess running(String name, Process process, int port) {
        return new ServerProcess(name, process, port, port);
    }

    /** The command that runs a gateway, with the flags that the launcher gives {@code serve}. */
    static List<String> gateway(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Dio.netty.leakDetection.level=disabled",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The command that runs a script of the test resources. */
    static List<String> script(String interpreter, String name) throws URISyntaxException {
        Path file = Path.of(ServerProcess.class.getResource("/bench/" + name).toURI());
        return List.of(interpreter, file.toString());
    }

    String name() {
        return name;
    }

    int plainPort() {
        return plainPort;
    }

    int tlsPort() {
        return tlsPort;
    }

    /** The CPU time of its threads; the first field of a thread's schedstat is in nanoseconds (Linux, sched-stats.rst). */
    double cpuSeconds() throws IOException {
        long nanos = 0;
        try (DirectoryStream<Path> threads =
                Files.newDirectoryStream(Path.of("/proc", String.valueOf(process.pid()), "task"))) {
            for (Path thread : threads) {
                nanos += Long.parseLong(
                        Files.readString(thread.resolve("schedstat")).split(" ", -1)[0]);
            }
        }
        return nanos / 1e9;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        if (plainPort == tlsPort) {
            process.destroy();
        }
        process.onExit().join();
    }
}
