package io.fieldloop.device.modem.serial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.device.link.SocketTransport;
import io.fieldloop.device.modem.ModemSettings;
import io.fieldloop.device.modem.PacketNetwork;
import io.fieldloop.device.modem.grammar.ModemKind;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gammu, somebody else's program for modems, takes ours for one, over a pseudo terminal. */
class GammuTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, SocketTransport.preciseIoHandler());
    private final List<String> traffic = new CopyOnWriteArrayList<>();
    private final List<Process> processes = new CopyOnWriteArrayList<>();

    @BeforeEach
    void isThere() {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/gammu")) && Files.isExecutable(Path.of("/usr/bin/socat")),
                "No gammu or no socat on this machine: modems are not tested with a program of somebody else's here.");
    }

    @AfterEach
    void stop() {
        processes.forEach(Process::destroyForcibly);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @ParameterizedTest
    @CsvSource({"ml307, CMCC, ML307R-DL-MBRH0S01", "ec801e, Quectel, EC801ECNCGR03A01M02", "ppp, Fieldloop, A7670E-FASE"
    })
    void knowsTheModemItsSimAndItsNetwork(String kind, String maker, String firmware) throws Exception {
        Path terminal = terminal(kind);

        assertThat(gammu(terminal, "identify"))
                .containsPattern("Manufacturer +: " + maker)
                .containsPattern("Firmware +: " + firmware)
                .containsPattern("IMEI +: 860000000000000")
                .containsPattern("SIM IMSI +: 460000000000000");
        assertThat(gammu(terminal, "networkinfo")).containsPattern("Network state +: home network");
        assertThat(traffic).contains(">> AT+CGMR", "<< OK");
    }

    private Path terminal(String kind) throws IOException {
        ModemSettings settings =
                new ModemSettings(ModemKind.named(kind), 115_200, 115_200, Map.of(), List.of(), List.of());
        ModemPort port = new ModemPort(
                settings, new SecureRandom(), InstantSource.fixed(Instant.EPOCH), PacketNetwork.NONE, traffic::add);
        InetSocketAddress bound =
                (InetSocketAddress) port.listen(group, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .syncUninterruptibly()
                        .channel()
                        .localAddress();
        Path terminal = directory.resolve("modem");
        processes.add(new ProcessBuilder(
                        "/usr/bin/socat", "PTY,link=" + terminal + ",raw,echo=0", "TCP:127.0.0.1:" + bound.getPort())
                .start());
        await().atMost(PATIENCE).until(() -> Files.exists(terminal));
        return terminal;
    }

    private String gammu(Path terminal, String question) throws Exception {
        Path config = Files.writeString(
                directory.resolve("gammurc"), "[gammu]\ndevice = " + terminal + "\nconnection = at115200\n");
        Path answer = directory.resolve(question);
        Process gammu = new ProcessBuilder("/usr/bin/gammu", "-c", config.toString(), question)
                .redirectErrorStream(true)
                .redirectOutput(answer.toFile())
                .start();
        processes.add(gammu);
        assertThat(gammu.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return Files.readString(answer, UTF_8);
    }
}
