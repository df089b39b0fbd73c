package io.fieldloop.scenario.front;

import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.server.pki.CertificateChain;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A front as a process of this machine, in a folder of its own, on free ports of loopback; closing it ends the process and the folder. */
@OwnsWallClock("the program that is started lives by the clock on the wall")
public final class FrontProcess implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(20);
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration END_MAX = Duration.ofSeconds(3);
    private static final int SAID_LINES = 5;
    private static final String KEYS = "keys";
    private static final String SAID = "said";
    /** A line of a key log; a program that has no secret of a kind writes something else in its place. */
    private static final Pattern SECRET = Pattern.compile("[A-Z0-9_]+ [0-9A-Fa-f]{64} [0-9A-Fa-f]{64,}");

    private final FrontChoice choice;
    private final InetAddress at;
    private final FrontPlaces places;
    private final Path folder;
    private final Process process;

    private FrontProcess(FrontChoice choice, InetAddress at, FrontPlaces places, Path folder, Process process) {
        this.choice = choice;
        this.at = at;
        this.places = places;
        this.folder = folder;
        this.process = process;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param at the address of loopback where it listens, {@code 127.0.0.1} or {@code ::1}
     * @param gateway the gateway's plain port
     * @param gatewayWss the gateway's TLS port
     * @throws FrontException in a sentence, if it does not come up
     */
    public static FrontProcess start(
            FrontChoice choice,
            InetAddress at,
            InetSocketAddress gateway,
            InetSocketAddress gatewayWss,
            String host,
            CertificateChain chain) {
        try {
            Path folder = Files.createTempDirectory("fieldloop-front");
            FrontPlaces places = new FrontPlaces(
                            at instanceof Inet6Address ? "[::1]" : at.getHostAddress(),
                            FrontPorts.free(at),
                            FrontPorts.free(at),
                            text(gateway),
                            text(gatewayWss),
                            host,
                            "off",
                            "",
                            "",
                            "")
                    .withCertificateIn(folder);
            FrontProcess started =
                    new FrontProcess(choice, at, places, folder, launch(choice, at, places, folder, chain));
            started.awaitPorts();
            return started;
        } catch (IOException e) {
            throw new FrontException(choice.front().name() + " cannot be started: " + e.getMessage() + ".");
        }
    }

    private static Process launch(
            FrontChoice choice, InetAddress at, FrontPlaces places, Path folder, CertificateChain chain)
            throws IOException {
        // Some of them give up root, and still want to write here.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(folder.resolve("chain.pem"), chain.certificatesPem());
        Files.writeString(folder.resolve("key.pem"), chain.keyPem());
        Files.writeString(folder.resolve("both.pem"), chain.certificatesPem() + chain.keyPem());
        UnaryOperator<String> spares = FrontPorts.spares(at);
        UnaryOperator<String> filled = text -> spares.apply(places.fill(text))
                .replace("@directory@", folder.toString())
                .replace("@file@", folder.resolve("front.conf").toString())
                .replace("@own@", own(folder).toString());
        String configuration = filled.apply(choice.front().traced(choice.configuration(), at));
        Files.writeString(own(folder), configuration);
        Files.writeString(
                folder.resolve("front.conf"),
                filled.apply(choice.front().at(choice.around(), at)).replace("@configuration@", configuration));
        List<String> command = choice.front().command().stream().map(filled).toList();
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

    /** Its configuration without what stands around it, so that the lines a program complains about are those of a user's own file. */
    private static Path own(Path folder) {
        return folder.resolve("own.conf");
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

    private void awaitPorts() {
        List<Integer> ports = new ArrayList<>();
        if (uses("@ws@")) {
            ports.add(places.ws());
        }
        if (uses("@wss@")) {
            ports.add(places.wss());
        }
        long beganNanos = System.nanoTime();
        while (!isUp(ports, System.nanoTime() - beganNanos)) {
            if (!process.isAlive() || System.nanoTime() - beganNanos > START_MAX.toNanos()) {
                String said = choice.said(said(), folder);
                close();
                throw new FrontException(choice.front().name() + " does not listen; it said: " + said
                        + (choice.isOwn()
                                ? " (Take out what this machine does not have. `fieldloop front "
                                        + choice.front().name() + "` prints a configuration that runs.)"
                                : ""));
            }
            pause();
        }
    }

    /** A user's own may be for one of the ports, which the text does not always tell. */
    private boolean isUp(List<Integer> ports, long waitedNanos) {
        return (choice.isOwn() && waitedNanos > SETTLED_AFTER.toNanos())
                ? ports.stream().anyMatch(port -> FrontPorts.listens(at, port))
                : ports.stream().allMatch(port -> FrontPorts.listens(at, port));
    }

    private boolean uses(String mark) {
        return choice.configuration().contains(mark)
                || choice.around().contains(mark)
                || choice.front().command().stream().anyMatch(word -> word.contains(mark));
    }

    private void pause() {
        try {
            if (process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new FrontException(choice.front().name() + " was not waited for.");
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
