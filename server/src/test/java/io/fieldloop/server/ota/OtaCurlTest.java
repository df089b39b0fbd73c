package io.fieldloop.server.ota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.server.Gateway;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.GatewayRuntime;
import io.fieldloop.server.ListenerConfig;
import io.fieldloop.server.ota.OtaConfig.Firmware;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** curl gets what it asks for: the check, the image whole, in parts, resumed, and only its head. */
class OtaCurlTest {
    private static final FirmwareImage IMAGE = FirmwareImage.sample("1.0.1", 300_000);
    private static final String FIRMWARE = "/xiaozhi/ota/download/1.0.1.bin";

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private Gateway gateway;

    @TempDir
    Path folder;

    @BeforeAll
    static void assumeInstalled() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not on this machine (apt-get install curl)");
    }

    @BeforeEach
    void start() {
        GatewayConfig config = GatewayConfig.builder()
                .listener(ListenerConfig.ota("ota", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
                .ota(OtaConfig.builder()
                        .websocketUrls(List.of("ws://{host}:8000/xiaozhi/v1/"))
                        .firmware(new Firmware(IMAGE, "1.0.1", false))
                        .build())
                .build();
        gateway = Gateway.start(config, GatewayRuntime.onSockets(loops), event -> {})
                .join();
    }

    @AfterEach
    void stop() {
        gateway.close();
        loops.shutdownGracefully();
    }

    private String curl(String path, String... options) throws Exception {
        int port = ((InetSocketAddress) gateway.address("ota")).getPort();
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "20"));
        command.addAll(List.of(options));
        command.add("http://127.0.0.1:" + port + path);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void asksAsADeviceDoes() throws Exception {
        String[] device = {
            "-H",
            "Device-Id: " + OtaRequests.DEVICE,
            "-H",
            "Client-Id: c",
            "-H",
            "Content-Type: application/json",
            "-d",
            OtaRequests.BODY
        };
        assertThat(curl("/xiaozhi/ota/", device))
                .contains("\"url\":\"ws://127.0.0.1:8000/xiaozhi/v1/\"", FIRMWARE, "\"version\":\"1.0.1\"");
        String[] old = Arrays.copyOf(device, device.length + 1);
        old[device.length] = "--http1.0";
        assertThat(curl("/xiaozhi/ota/", old))
                .as("as nginx forwards it by default")
                .contains("\"websocket\"");
        assertThat(curl("/xiaozhi/ota/", "-w", "%{http_code}", "-d", "{}")).endsWith("400");
    }

    @Test
    void fetchesFirmwareWholeInPartsAndResumed() throws Exception {
        Path file = folder.resolve("image.bin");
        curl(FIRMWARE, "-o", file.toString());
        byte[] image = Files.readAllBytes(file);
        assertThat(image).hasSize(IMAGE.length());

        Path part = folder.resolve("part.bin");
        curl(FIRMWARE, "-o", part.toString(), "-r", "1000-1999");
        assertThat(Files.readAllBytes(part)).isEqualTo(Arrays.copyOfRange(image, 1000, 2000));

        Path resumed = Files.write(folder.resolve("resumed.bin"), Arrays.copyOf(image, 123_456));
        curl(FIRMWARE, "-o", resumed.toString(), "-C", "-");
        assertThat(Files.readAllBytes(resumed)).isEqualTo(image);
    }

    @Test
    void tellsTheLengthWithoutTheBody() throws Exception {
        assertThat(curl(FIRMWARE, "-I"))
                .contains("200 OK", "Content-Length: " + IMAGE.length(), "Accept-Ranges: bytes");
        assertThat(curl(
                        FIRMWARE,
                        "-w",
                        "%{http_code}",
                        "-o",
                        folder.resolve("none").toString(),
                        "-r",
                        "900000-"))
                .isEqualTo("416");
    }
}
