package io.fieldloop.qemu.link;

import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.modem.ModemSettings;
import io.fieldloop.device.modem.grammar.ModemKind;
import io.fieldloop.qemu.OwnsWallClock;
import io.fieldloop.qemu.capture.FrameCapture;
import io.fieldloop.qemu.machine.BootMedium;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.machine.NetworkWiring;
import io.fieldloop.qemu.runner.Emulation;
import io.fieldloop.qemu.runner.EmulationConfig;
import io.fieldloop.qemu.runner.EmulationListener;
import io.fieldloop.qemu.runner.FirmwareEvent;
import io.fieldloop.qemu.runner.ProcessEmulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** The reference firmware in a real QEMU, with a stub gateway behind a link or behind none. */
final class FirmwareBench implements AutoCloseable {
    static final Path FIRMWARE = Path.of("firmware/out/lx60.elf");

    final StubGateway gateway;
    final List<LinkEvent> events = new CopyOnWriteArrayList<>();
    final List<String> console = new CopyOnWriteArrayList<>();
    final @Nullable FrameLink link;
    private final Emulation emulation;

    private FirmwareBench(
            Path directory,
            @Nullable LinkProfile profile,
            @Nullable FrameCapture capture,
            @Nullable StubTls tls,
            @Nullable ModemSettings modem)
            throws Exception {
        Files.createDirectories(directory);
        gateway = new StubGateway(tls == null ? ServerSocketFactory.getDefault() : tls.sockets());
        String scheme = tls == null ? "ws://" : "wss://";
        int nominal = tls == null ? 80 : 443;
        NetworkWiring wiring = NetworkWiring.user();
        String url = scheme + "10.0.2.2:" + gateway.port() + "/xiaozhi/v1/";
        if (profile == null) {
            link = null;
        } else {
            url = scheme + "gateway.test/xiaozhi/v1/";
            link = FrameLink.open(
                    new FrameLinkConfig(
                            profile,
                            42,
                            directory,
                            new NameService("gateway.test"),
                            new PortMap().lead(nominal, gateway.port()),
                            Egress.DENIED,
                            capture),
                    events::add);
            wiring = NetworkWiring.relayed(link.sockets());
        }
        if (link != null && modem != null) {
            link.attach(
                    modem,
                    (host, port) -> new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()),
                    (fault, on) -> {});
            link.powerModem(true);
        }
        String settings = "url=" + url + " token=t seed=00112233445566778899aabbccddeeff autoconnect=1"
                + (tls == null ? "" : " ca=" + tls.root())
                + (modem == null
                        ? ""
                        : " modem=" + (modem.kind().name().equals("ppp") ? "ppp" : "at") + " modem-baud="
                                + modem.baud());
        emulation = new ProcessEmulator()
                .start(
                        EmulationConfig.of(
                                        "bench",
                                        Machine.named("lx60"),
                                        new BootMedium.Kernel(FIRMWARE, settings),
                                        directory)
                                .withNetwork(wiring),
                        new Console(console, capture))
                .join();
    }

    /** Firmware behind a link. */
    static FirmwareBench linked(Path directory, LinkProfile profile, @Nullable FrameCapture capture) throws Exception {
        return new FirmwareBench(directory, profile, capture, null, null);
    }

    /** Firmware on QEMU's own user network. */
    static FirmwareBench direct(Path directory) throws Exception {
        return new FirmwareBench(directory, null, null, null, null);
    }

    /** Firmware behind a modem of that kind, at a speed of no account. */
    static FirmwareBench behindModem(Path directory, String kind) throws Exception {
        ModemSettings modem =
                new ModemSettings(ModemKind.named(kind), 100_000_000, 115_200, Map.of(), List.of(), List.of());
        return new FirmwareBench(directory, RelayBench.profile(), null, null, modem);
    }

    /** The same two over TLS. */
    static FirmwareBench secure(Path directory, @Nullable LinkProfile profile, StubTls tls) throws Exception {
        return new FirmwareBench(directory, profile, null, tls, null);
    }

    /** How long a ping of that size and its pong take, in nanoseconds. */
    @OwnsWallClock("round trips are measured")
    long roundTripNanos(int payloadBytes) throws Exception {
        byte[] payload = new byte[payloadBytes];
        long start = System.nanoTime();
        gateway.ping(payload);
        return System.nanoTime() - start;
    }

    List<String> kinds() {
        return events.stream().map(LinkEvent::kind).toList();
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        emulation.stop().join();
        if (link != null) {
            link.close();
        }
    }

    private record Console(List<String> lines, @Nullable FrameCapture capture) implements EmulationListener {
        @Override
        public void consoleLine(String line) {
            lines.add(line);
            if (capture != null) {
                capture.consoleLine(line);
            }
        }

        @Override
        public void event(FirmwareEvent event) {}
    }
}
