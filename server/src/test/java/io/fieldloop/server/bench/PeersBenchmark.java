package io.fieldloop.server.bench;

import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.CertificateRequest;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The gateway next to Node's {@code ws} and Python's {@code websockets}: what each does per second of its own CPU time.
 *
 * <p>Each server is a process, and they take turns, so that what else the machine does meets all of them. All show the same
 * certificate (EC P-256) and parse each text message as JSON. Printed is the median of the rounds, and the range.
 */
public final class PeersBenchmark {
    private static final int HANDSHAKES = 300;
    private static final int DEVICES = 50;
    private static final int STREAMED = 200_000;
    private static final int ONE_BY_ONE = 10_000;
    /** A JVM needs warm-up rounds by the dozen: it compiles what it runs for longer than the others take to start. */
    private static final PeerComparison TURNS = new PeerComparison(15, 60, 5);

    /** After 60 rounds the compiler still took half of the CPU time, and after 300 none of it; Node is at its best after 20. */
    private static final PeerComparison HANDSHAKE_TURNS = new PeerComparison(31, 300, 20);

    private PeersBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("fieldloop-bench");
        List<String> pem = pem(directory);
        EventLoopGroup clients = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try (ServerProcess gateway = ServerProcess.start(
                        "Fieldloop gateway", ServerProcess.gateway(GatewayProcess.class, pem.toArray(String[]::new)));
                ServerProcess node = ServerProcess.start("Node ws", script("node", "ws-server.cjs", pem));
                ServerProcess python = ServerProcess.start(
                        "Python websockets", script("/usr/bin/python3", "websockets-server.py", pem))) {
            List<ServerProcess> servers = List.of(gateway, node, python);
            System.out.println("| per server CPU second | " + String.join(" | ", names(servers)) + " | of ws |");
            System.out.println("|---|---:|---:|---:|---:|");
            List<String> shares = new ArrayList<>();
            for (String version : List.of("TLSv1.2", "TLSv1.3")) {
                shares.add(compareHandshakes("full", version, false, clients, servers));
                shares.add(compareHandshakes("resumed", version, true, clients, servers));
            }
            TURNS.compare("64-byte text messages, streamed", servers, STREAMED, server -> {
                MessageLoad load = new MessageLoad(server.plainPort(), DEVICES);
                return count -> load.stream(count / DEVICES);
            });
            TURNS.compare("64-byte text messages, each with a ping and its pong", servers, ONE_BY_ONE, server -> {
                MessageLoad load = new MessageLoad(server.plainPort(), DEVICES);
                return count -> load.oneByOne(count / DEVICES);
            });
            shares.forEach(System.out::println);
        } finally {
            clients.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
            for (String file : pem) {
                Files.delete(Path.of(file));
            }
            Files.delete(directory);
        }
    }

    /** Returns which share of each server's sessions had been one before. */
    private static String compareHandshakes(
            String kind, String version, boolean resumes, EventLoopGroup loops, List<ServerProcess> servers)
            throws Exception {
        StringBuilder shares = new StringBuilder("Taken up again, " + kind + " " + version + ":");
        HANDSHAKE_TURNS.compare(kind + " " + version + " and WebSocket handshakes", servers, HANDSHAKES, server -> {
            HandshakeLoad load = new HandshakeLoad(loops, server.tlsPort(), version, resumes);
            shares.append(
                    String.format(Locale.ROOT, " %s %d %%", server.name(), 100 * load.run(HANDSHAKES) / HANDSHAKES));
            return load::run;
        });
        return shares.toString();
    }

    private static List<String> names(List<ServerProcess> servers) {
        return servers.stream().map(ServerProcess::name).toList();
    }

    private static List<String> pem(Path directory) throws Exception {
        InstantSource clock = InstantSource.system();
        CertificateChain chain = new CertificateAuthority(clock, new SecureRandom())
                .issue(CertificateRequest.of(List.of("gateway.test"), clock.instant(), Duration.ofDays(1)));
        Path certificate = Files.writeString(directory.resolve("certificate.pem"), chain.certificatesPem());
        Path key = Files.writeString(directory.resolve("key.pem"), chain.keyPem());
        return List.of(certificate.toString(), key.toString());
    }

    private static List<String> script(String interpreter, String name, List<String> pem) throws Exception {
        Path file = Path.of(PeersBenchmark.class.getResource("/bench/" + name).toURI());
        return List.of(interpreter, file.toString(), pem.get(0), pem.get(1));
    }
}
