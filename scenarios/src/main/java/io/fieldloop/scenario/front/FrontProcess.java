package io.fieldloop.scenario.front;

import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.server.pki.CertificateChain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A front as a process of this machine, in a folder of its own, on free ports of loopback; closing it ends the process and the folder. */
@OwnsWallClock("the program that is started lives by the clock on the wall")
public final class FrontProcess implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(20);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration END_MAX = Duration.ofSeconds(3);
    private static final int SAID_LINES = 5;
    private static final String KEYS = "keys";
    private static final String SAID = "said";
    /** A line of a key log; a program that has no secret of a kind writes something else in its place. */
    private static final Pattern SECRET = Pattern.compile("[A-Z0-9_]+ [0-9A-Fa-f]{64} [0-9A-Fa-f]{64,}");

    /** A far end that is nobody's, and the state, in {@code /proc/net/tcp} and {@code tcp6}. */
    private static final String LISTENING = ":0000 0A ";

    private static final int PORT_MIN = 20_000;
    private static final int PORTS = 10_000;

    /** Ports are this machine's: no two fronts of a process may try the same one, and those of two processes begin apart. */
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger((int) ProcessHandle.current().pid() * 61);

    private final Front front;
    private final InetAddress at;
    private final FrontPlaces places;
    private final Path folder;
    private final Process process;

    private FrontProcess(Front front, InetAddress at, FrontPlaces places, Path folder, Process process) {
        this.front = front;
        this.at = at;
        this.places = places;
        this.folder = folder;
        this.process = process;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param configuration with its marks
     * @param at the address of loopback where it listens, {@code 127.0.0.1} or {@code ::1}
     * @param gateway the gateway's plain port
     * @param gatewayWss the gateway's TLS port
     * @throws FrontException in a sentence, if it does not come up
     */
    public static FrontProcess start(
            Front front,
            String configuration,
            InetAddress at,
            InetSocketAddress gateway,
            InetSocketAddress gatewayWss,
            String host,
            CertificateChain chain) {
        try {
            String file = front.file(configuration, at);
            Path folder = Files.createTempDirectory("fieldloop-front");
            FrontPlaces places = new FrontPlaces(
                            at instanceof Inet6Address ? "[::1]" : at.getHostAddress(),
                            freePort(at),
                            freePort(at),
                            text(gateway),
                            text(gatewayWss),
                            host,
                            "off",
                            "",
                            "",
                            "")
                    .withCertificateIn(folder);
            FrontProcess started =
                    new FrontProcess(front, at, places, folder, launch(front, file, at, places, folder, chain));
            started.awaitPorts(file);
            return started;
        } catch (IOException e) {
            throw new FrontException(front.name() + " cannot be started: " + e.getMessage() + ".");
        }
    }

    private static Process launch(
            Front front, String file, InetAddress at, FrontPlaces places, Path folder, CertificateChain chain)
            throws IOException {
        // Some of them give up root, and still want to write here.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(folder.resolve("chain.pem"), chain.certificatesPem());
        Files.writeString(folder.resolve("key.pem"), chain.keyPem());
        Files.writeString(folder.resolve("both.pem"), chain.certificatesPem() + chain.keyPem());
        Path written = folder.resolve("front.conf");
        String text = places.fill(file)
                .replace("@directory@", folder.toString())
                .replace("@spare@", String.valueOf(freePort(at)));
        Files.writeString(written, text);
        List<String> command = front.command().stream()
                .map(word -> places.fill(word)
                        .replace("@directory@", folder.toString())
                        .replace("@file@", written.toString()))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(SAID).toFile());
        builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("SSLKEYLOGFILE", folder.resolve(KEYS).toString());
        KeyLogLibrary.file()
                .ifPresent(library -> builder.environment()
                        .merge("LD_PRELOAD", library.toString(), (one, other) -> one + ":" + other));
        return builder.start();
    }

    /** Where it listens for ws:// URLs, as far as its configuration does. */
    public InetSocketAddress ws() {
        return new InetSocketAddress(at, places.ws());
    }

    /** Where it listens for wss:// URLs, as far as its configuration does. */
    public InetSocketAddress wss() {
        return new InetSocketAddress(at, places.wss());
    }

    /**
     * The secrets of its TLS sessions, a line each, as far as it leaves them: Apache does since 2.4.49 (mod_ssl, SSLKEYLOGFILE), Caddy
     * and HAProxy where they are told (HAProxy among what it prints), and others that are linked with OpenSSL by {@link KeyLogLibrary}.
     */
    public String keys() {
        return Stream.of(KEYS, SAID)
                .flatMap(file -> lines(folder.resolve(file)).stream())
                .filter(line -> SECRET.matcher(line).matches())
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.ISO_8859_1) : List.of();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private void awaitPorts(String file) {
        List<Integer> ports = new ArrayList<>();
        if (uses(file, "@ws@")) {
            ports.add(places.ws());
        }
        if (uses(file, "@wss@")) {
            ports.add(places.wss());
        }
        long beganNanos = System.nanoTime();
        while (!ports.stream().allMatch(this::listens)) {
            if (!process.isAlive() || System.nanoTime() - beganNanos > START_MAX.toNanos()) {
                String said = said();
                close();
                throw new FrontException(front.name() + " does not listen; it said: " + said);
            }
            pause();
        }
    }

    private boolean uses(String file, String mark) {
        return file.contains(mark) || front.command().stream().anyMatch(word -> word.contains(mark));
    }

    private void pause() {
        try {
            if (process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new FrontException(front.name() + " was not waited for.");
        }
    }

    /** The last lines it printed. */
    public String said() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve(SAID));
            return String.join(" / ", lines.subList(Math.max(0, lines.size() - SAID_LINES), lines.size()));
        } catch (IOException e) {
            return "nothing that can be read";
        }
    }

    /** Looks it up where the system lists it, since a connection to a dumb tunnel would reach the gateway. */
    private boolean listens(int port) {
        try (Stream<String> sockets =
                Files.lines(Path.of(at instanceof Inet6Address ? "/proc/net/tcp6" : "/proc/net/tcp"))) {
            String local = String.format(Locale.ROOT, ":%04X ", port);
            return sockets.anyMatch(line -> line.contains(local) && line.contains(LISTENING));
        } catch (IOException | UncheckedIOException elsewhere) {
            return answers(port);
        }
    }

    private boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(at, port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Not one that the system hands out: whoever asks it for any port could be given this one before the front has bound it. */
    private static int freePort(InetAddress at) throws IOException {
        for (int tries = 0; tries < PORTS; tries++) {
            int port = PORT_MIN + Math.floorMod(NEXT_PORT.getAndIncrement(), PORTS);
            if (isFree(at, port)) {
                return port;
            }
        }
        throw new IOException("no port from " + PORT_MIN + " to " + (PORT_MIN + PORTS - 1) + " is free");
    }

    private static boolean isFree(InetAddress at, int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, at)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static String text(InetSocketAddress place) {
        return place.getAddress().getHostAddress() + ":" + place.getPort();
    }

    /** The parent first and politely, since some replace a worker that goes before it. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(END_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        children.forEach(ProcessHandle::destroyForcibly);
        deleteFolder();
    }

    private void deleteFolder() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // What is left is in the temporary folder.
        }
    }
}
