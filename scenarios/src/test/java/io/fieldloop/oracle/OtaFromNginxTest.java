package io.fieldloop.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.device.Device;
import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.DeviceRuntime;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.OtaFailure;
import io.fieldloop.device.event.UpdateFailure;
import io.fieldloop.device.ota.OtaSettings;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.scenario.probe.OutsideServer;
import io.fieldloop.server.ota.FirmwareImage;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The OTA client against nginx, which knows nothing of it: its framing, its redirects, and an image from its disk. */
@OwnsWallClock("a server that is not ours runs by the clock on the wall")
@SuppressWarnings("try") // the server only has to be there
class OtaFromNginxTest {
    private static final int IMAGE_BYTES = 200_000;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<DeviceEvent> events = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    @BeforeAll
    static void assumeInstalled() {
        assumeTrue(
                OutsideProgram.works(List.of("nginx", "-v"), Map.of()),
                "nginx is not on this machine (apt-get install nginx-light)");
    }

    @AfterEach
    void stop() {
        loops.shutdownGracefully();
    }

    /** @param locations what the server does, in nginx's own words; {@code PORT} stands for its port */
    private OutsideProgram nginx(int port, String locations) throws IOException {
        Path file = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                pid %1$s/nginx.pid;
                error_log stderr notice;
                events { }
                http {
                  access_log off;
                  client_body_temp_path %1$s; proxy_temp_path %1$s; fastcgi_temp_path %1$s; uwsgi_temp_path %1$s; scgi_temp_path %1$s;
                  gzip on; gzip_types *; gzip_min_length 1; gzip_proxied any;
                  server { listen 127.0.0.1:%2$d; root %1$s; default_type application/json;
                %3$s
                  }
                }
                """.formatted(
                        folder, port, locations.replace("PORT", Integer.toString(port))));
        OutsideProgram nginx =
                OutsideProgram.start(List.of("nginx", "-p", folder.toString(), "-c", file.toString(), "-e", "stderr"));
        nginx.awaitLine(line -> line.contains("start worker process "));
        return nginx;
    }

    private Device device(int port) {
        DeviceConfig config = DeviceConfig.of("bench", DeviceProfile.named("xiaozhi-wifi"), "ws://127.0.0.1:1/")
                .withOta(OtaSettings.of("http://127.0.0.1:" + port + "/xiaozhi/ota/"));
        DeviceRuntime runtime = new DeviceRuntime(
                loops.next(),
                (loop, host, to, pipeline) -> new Bootstrap()
                        .group(loop)
                        .channel(NioSocketChannel.class)
                        .handler(pipeline)
                        .connect(InetAddress.getLoopbackAddress(), to),
                new SecureRandom(),
                InstantSource.system());
        return new Device(config, runtime, events::add);
    }

    private <E extends DeviceEvent> E first(Class<E> type) {
        OutsideProgram.patiently().until(() -> events.stream().anyMatch(type::isInstance));
        return type.cast(events.stream().filter(type::isInstance).findFirst().orElseThrow());
    }

    private void writeImage() throws IOException {
        Files.write(
                folder.resolve("image.bin"),
                FirmwareImage.sample("1.0.1", IMAGE_BYTES).bytes());
    }

    @Test
    void updatesFromAFileOnItsDisk() throws Exception {
        writeImage();
        int port = OutsideServer.freePort();
        String answer =
                "{\"firmware\":{\"version\":\"1.0.1\",\"url\":\"http://127.0.0.1:PORT/image.bin\"},\"websocket\":{\"url\":\"ws://a/\"}}";
        try (OutsideProgram nginx = nginx(port, "location /xiaozhi/ota/ { return 200 '" + answer + "'; }")) {
            device(port).start();
            assertThat(first(DeviceEvent.UpdateInstalled.class).version()).isEqualTo("1.0.1");
            OutsideProgram.patiently()
                    .until(() -> events.stream()
                            .filter(DeviceEvent.FirmwareStarted.class::isInstance)
                            .anyMatch(event -> ((DeviceEvent.FirmwareStarted) event)
                                    .version()
                                    .equals("1.0.1")));
        }
    }

    /** The device asks for no encoding, and gets none; nginx answers a missing file with a page. */
    @Test
    void takesAnAnswerNginxWouldCompressForOthersAndGivesUpAMissingImage() throws Exception {
        int port = OutsideServer.freePort();
        String answer =
                "{\"firmware\":{\"version\":\"1.0.1\",\"url\":\"http://127.0.0.1:PORT/none.bin\"},\"websocket\":{\"url\":\"ws://a/\"}}";
        try (OutsideProgram nginx = nginx(port, "location /xiaozhi/ota/ { return 200 '" + answer + "'; }")) {
            device(port).start();
            assertThat(first(DeviceEvent.OtaChecked.class).offers()).isEqualTo("websocket");
            assertThat(first(DeviceEvent.UpdateFailed.class).why()).isEqualTo(UpdateFailure.STATUS);
        }
    }

    @Test
    void followsNoRedirect() throws Exception {
        int port = OutsideServer.freePort();
        try (OutsideProgram nginx = nginx(port, "location / { return 301 https://127.0.0.1/; }")) {
            device(port).start();
            DeviceEvent.OtaCheckFailed failed = first(DeviceEvent.OtaCheckFailed.class);
            assertThat(failed.why()).isEqualTo(OtaFailure.STATUS);
            assertThat(failed.code()).isEqualTo(301);
        }
    }
}
