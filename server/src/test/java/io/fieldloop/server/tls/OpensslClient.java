package io.fieldloop.server.tls;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The openssl command line as a TLS client: sends one line, waits for it to come back, and keeps all it printed. */
final class OpensslClient {
    private static final String LINE = "fieldloop-was-here";

    private OpensslClient() {}

    static boolean available() {
        try {
            return run(List.of("version")).contains("OpenSSL");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** What {@code openssl s_client} printed; contains {@link #echoed} if the line came back. */
    static String connect(int port, String... options) {
        List<String> arguments = new ArrayList<>(List.of("s_client", "-connect", "127.0.0.1:" + port, "-nocommands"));
        arguments.addAll(List.of(options));
        return run(arguments);
    }

    static boolean echoed(String output) {
        return output.lines().anyMatch(LINE::equals);
    }

    private static String run(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(arguments);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            StringBuilder output = new StringBuilder();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                OutputStream input = process.getOutputStream();
                write(input);
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    output.append(line).append('\n');
                    if (line.equals(LINE)) {
                        // At the end of its input s_client says close_notify and goes.
                        input.close();
                    }
                }
            }
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return output.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while openssl ran", e);
        }
    }

    private static void write(OutputStream input) {
        try {
            input.write((LINE + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException e) {
            // It ended before it read anything; its output says why.
        }
    }
}
