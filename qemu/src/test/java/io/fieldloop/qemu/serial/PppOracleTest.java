package io.fieldloop.qemu.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.device.link.SocketTransport;
import io.fieldloop.device.modem.ModemFault;
import io.fieldloop.device.modem.ModemSettings;
import io.fieldloop.device.modem.PacketNetwork;
import io.fieldloop.device.modem.SessionFault;
import io.fieldloop.device.modem.grammar.ModemKind;
import io.fieldloop.device.modem.serial.ModemPort;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PPP as somebody else understands it: lwIP's client, as in ESP-IDF, at our modem; and the same client at slirp, a peer of 1995. */
class PppOracleTest {

    private static final Path FIRMWARE = Path.of("firmware");
    private static final Path LWIP = FIRMWARE.resolve("third/lwip/src");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String UP = "up address=10.0.2.15 gateway=10.0.2.2 dns=10.0.2.3";

    /** PPPERR_USER, _AUTHFAIL and _PEERDEAD of lwIP's ppp.h; a session that the peer ends is PPPERR_CONNECT. */
    private static final String CLOSED = "down error=5";

    private static final String REFUSED = "down error=7";
    private static final String PEER_DEAD = "down error=9";
    private static final String ENDED = "down error=6";

    @TempDir
    private static Path directory;

    private static Path client = Path.of("");

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, SocketTransport.preciseIoHandler());
    private final List<Process> processes = new ArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void build() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/gcc")) && Files.isDirectory(LWIP),
                "No gcc, or lwIP was not fetched (make -C qemu/firmware deps): PPP is not tested with a client of somebody else's here.");
        client = directory.resolve("ppp_client");
        List<String> command = new ArrayList<>(List.of(
                "/usr/bin/gcc",
                "-std=gnu11",
                "-O1",
                "-w",
                "-I" + FIRMWARE.resolve("host"),
                "-I" + FIRMWARE.resolve("src/ip"),
                "-I" + LWIP.resolve("include"),
                "-o",
                client.toString(),
                FIRMWARE.resolve("host/ppp_client.c").toString()));
        for (String folder : List.of("core", "core/ipv4", "core/ipv6", "netif/ppp", "netif/ppp/polarssl")) {
            try (Stream<Path> sources = Files.list(LWIP.resolve(folder))) {
                sources.map(Path::toString)
                        .filter(name -> name.endsWith(".c"))
                        .sorted()
                        .forEach(command::add);
            }
        }
        command.add(LWIP.resolve("netif/ethernet.c").toString());
        Process compiler = new ProcessBuilder(command).inheritIO().start();
        assertThat(compiler.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(compiler.exitValue()).isZero();
    }

    @AfterEach
    void stop() {
        processes.forEach(Process::destroyForcibly);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "pap", "chap"})
    void aSessionComesUpCarriesPacketsAndEndsInOrder(String asks) throws Exception {
        Process session = dial(modem(asks, List.of()), "ATD*99#", "secret");

        awaitLine(UP);
        awaitLine("echo bytes=1400 end=end");
        session.getOutputStream().write('\n');
        session.getOutputStream().flush();
        awaitLine(CLOSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pap", "chap"})
    void whoDoesNotKnowThePasswordIsNotLetIn(String asks) throws Exception {
        dial(modem(asks, List.of()), "ATD*99***1#", "guess");

        awaitLine(REFUSED);
        assertThat(said).doesNotContain(UP);
    }

    @ParameterizedTest
    @CsvSource({"TERMINATES, " + ENDED, "LOSES_CARRIER, " + PEER_DEAD, "IGNORES_ECHOES, " + PEER_DEAD})
    void aSessionEndsAsItsFaultSays(SessionFault fault, String end) throws Exception {
        dial(modem("none", List.of(fault(Duration.ofSeconds(3), fault))), "AT+CGDATA=\"PPP\",1", "");

        awaitLine(UP);
        awaitLine(end);
    }

    @Test
    void theSameClientComesUpAtSlirpBehindItsBanner() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/slirp-fullbolt")) && Files.isExecutable(Path.of("/usr/bin/socat")),
                "No slirp or no socat on this machine: the client is not tested at another peer here.");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        processes.add(new ProcessBuilder(
                        "/usr/bin/socat",
                        "TCP-LISTEN:" + port + ",bind=127.0.0.1,reuseaddr",
                        "EXEC:slirp-fullbolt ppp,pty,raw,echo=0")
                .start());
        await().atMost(PATIENCE).until(() -> {
            dial(port, "", "");
            await().atMost(PATIENCE).until(() -> !said.isEmpty());
            return !said.remove("connect: Connection refused");
        });

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(said).anyMatch(line -> line.startsWith("up address=10.0.2.15 ")));
    }

    @Test
    void theKernelsPppdComesUpAtTheModem() throws Exception {
        assumeTrue(
                opens(Path.of("/dev/ppp")) && Files.isExecutable(Path.of("/usr/sbin/pppd")),
                "No pppd, or no /dev/ppp that opens (a kernel without CONFIG_PPP, a container without the device):"
                        + " the modem is not tested with the kernel's PPP here.");
        read(new ProcessBuilder(
                "/usr/sbin/pppd",
                "pty",
                "socat - TCP:127.0.0.1:" + modem("none", List.of()),
                "connect",
                "/usr/sbin/chat '' AT OK 'ATD*99#' CONNECT",
                "nodetach",
                "noauth",
                "nodefaultroute",
                "local",
                "noipdefault"));

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(said).anyMatch(line -> line.matches("local +IP address 10\\.0\\.2\\.15")));
    }

    private static boolean opens(Path device) {
        try (InputStream opened = Files.newInputStream(device)) {
            return opened != null;
        } catch (IOException none) {
            return false;
        }
    }

    private int modem(String asks, List<ModemFault> faults) {
        ModemSettings settings = new ModemSettings(
                ModemKind.named("ppp"),
                921_600,
                921_600,
                Map.of("ppp-auth", asks, "ppp-user", "door", "ppp-password", "secret"),
                List.of(),
                faults);
        ModemPort port =
                new ModemPort(settings, new SecureRandom(), InstantSource.fixed(Instant.EPOCH), echo(), line -> {});
        return ((InetSocketAddress) port.listen(group, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .syncUninterruptibly()
                        .channel()
                        .localAddress())
                .getPort();
    }

    private static ModemFault fault(Duration at, SessionFault session) {
        return new ModemFault(
                ModemFault.When.TIME,
                "",
                at,
                0,
                1,
                Duration.ZERO,
                false,
                false,
                null,
                null,
                0,
                0,
                false,
                0,
                Duration.ZERO,
                session);
    }

    /** Whoever is sent a datagram sends it back: addresses and ports change places, which leaves the checksums as they are. */
    private static PacketNetwork echo() {
        return toDevice -> packet -> toDevice.accept(packet.substring(0, 12)
                + packet.substring(16, 20)
                + packet.substring(12, 16)
                + packet.substring(22, 24)
                + packet.substring(20, 22)
                + packet.substring(24));
    }

    private Process dial(int port, String command, String password) throws IOException {
        return read(new ProcessBuilder(client.toString(), Integer.toString(port), command, "door", password));
    }

    private Process read(ProcessBuilder command) throws IOException {
        Process started = command.redirectErrorStream(true).start();
        processes.add(started);
        Thread reader = new Thread(() -> {
            try (BufferedReader lines = started.inputReader()) {
                lines.lines().forEach(said::add);
            } catch (IOException gone) {
                said.add(String.valueOf(gone.getMessage()));
            }
        });
        reader.setDaemon(true);
        reader.start();
        return started;
    }

    private void awaitLine(String line) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(said).contains(line));
    }
}
