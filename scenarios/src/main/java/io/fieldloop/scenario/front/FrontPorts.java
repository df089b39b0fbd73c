package io.fieldloop.scenario.front;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Ports of this machine for fronts: which one is free, and whether somebody listens there by now. */
final class FrontPorts {
    /** A far end that is nobody's, and the state, in {@code /proc/net/tcp} and {@code tcp6}. */
    private static final String LISTENING = ":0000 0A ";

    private static final Path TCP = Path.of("/proc/net/tcp");
    private static final Path TCP6 = Path.of("/proc/net/tcp6");
    private static final Pattern SPARE = Pattern.compile("@spare(?:-\\d+)?@");
    private static final int PORT_MIN = 20_000;
    private static final int PORTS = 10_000;

    /** Ports are this machine's: no two fronts of a process may try the same one, and those of two processes begin apart. */
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger((int) ProcessHandle.current().pid() * 61);

    private FrontPorts() {}

    /**
     * Looks it up where the system lists it, since a connection to a dumb tunnel would reach the gateway.
     *
     * <p>Who listens at {@code [::]}, as Caddy does unless it is told otherwise, takes what comes by IPv4, too.
     */
    static boolean listens(InetAddress at, int port) {
        try {
            List<Path> tables = at instanceof Inet6Address ? List.of(TCP6) : List.of(TCP, TCP6);
            return tables.stream().anyMatch(table -> lists(table, port));
        } catch (UncheckedIOException elsewhere) {
            return answers(at, port);
        }
    }

    private static boolean lists(Path table, int port) {
        try (Stream<String> sockets = Files.lines(table)) {
            String local = String.format(Locale.ROOT, ":%04X ", port);
            return sockets.anyMatch(line -> line.contains(local) && line.contains(LISTENING));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean answers(InetAddress at, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(at, port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Not one that the system hands out: whoever asks it for any port could be given this one before the front has bound it. */
    static int free(InetAddress at) throws IOException {
        for (int tries = 0; tries < PORTS; tries++) {
            int port = PORT_MIN + Math.floorMod(NEXT_PORT.getAndIncrement(), PORTS);
            if (isFree(at, port)) {
                return port;
            }
        }
        throw new IOException("no port from " + PORT_MIN + " to " + (PORT_MIN + PORTS - 1) + " is free");
    }

    /** Puts a free port in place of each {@code @spare@} and {@code @spare-0@}, the same one for the same mark. */
    static UnaryOperator<String> spares(InetAddress at) {
        Map<String, String> ports = new HashMap<>();
        return text -> SPARE.matcher(text)
                .replaceAll(mark -> ports.computeIfAbsent(mark.group(), name -> {
                    try {
                        return String.valueOf(free(at));
                    } catch (IOException none) {
                        throw new UncheckedIOException(none);
                    }
                }));
    }

    private static boolean isFree(InetAddress at, int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, at)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
