package io.fieldloop.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.connection.AdmissionConfig;
import io.fieldloop.server.connection.Cidr;
import io.fieldloop.server.event.GatewayEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** nginx and HAProxy in front, each telling the gateway in its own way which device it speaks for. */
class FrontsThatNameTheSourceTest {
    /** A device of its own address, so that it is no front. */
    private static final String DEVICE = "127.0.0.9";

    private static final String NGINX = """
            load_module /usr/lib/nginx/modules/ngx_stream_module.so;
            daemon off; error_log stderr notice; pid @directory@/nginx.pid; worker_processes 1; events {}
            """;
    private static final String NGINX_HTTP = """
            http {
              access_log off; client_body_temp_path @directory@/b; proxy_temp_path @directory@/p;
              fastcgi_temp_path @directory@/f; uwsgi_temp_path @directory@/u; scgi_temp_path @directory@/s;
              proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;
            """;
    private static final String HAPROXY = "defaults\n timeout connect 5s\n timeout client 30s\n timeout server 30s\n";

    private static final Map<String, String> CONFIGURATIONS = Map.of(
            "nginx-stream",
            NGINX
                    + "stream { server { listen 127.0.0.1:@front@; proxy_pass 127.0.0.1:@gateway@; proxy_protocol on; } }",
            "nginx-header",
            NGINX + NGINX_HTTP + "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;"
                    + " server { listen 127.0.0.1:@front@; location / { proxy_pass http://127.0.0.1:@gateway@; } } }",
            "haproxy-v1",
            HAPROXY + "listen f\n mode tcp\n bind 127.0.0.1:@front@\n server g 127.0.0.1:@gateway@ send-proxy\n",
            "haproxy-v2",
            HAPROXY + "listen f\n mode tcp\n bind 127.0.0.1:@front@\n server g 127.0.0.1:@gateway@ send-proxy-v2\n",
            "haproxy-header",
            HAPROXY
                    + "listen f\n mode http\n option forwardfor\n bind 127.0.0.1:@front@\n server g 127.0.0.1:@gateway@\n");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "nginx-stream, proxy-protocol",
        "haproxy-v1, proxy-protocol",
        "haproxy-v2, proxy-protocol",
        "nginx-header, x-forwarded-for",
        "haproxy-header, x-forwarded-for"
    })
    void aTrustedFrontIsBelieved(String front, String by) throws Exception {
        try (LoopbackGateway gateway = LoopbackGateway.plain(config -> trusting(config, "127.0.0.1/32"));
                Front running = start(front, gateway.port());
                LoopbackDevice device = device(running.port)) {
            assertThat(device.open()).isInstanceOf(ConnectOutcome.Online.class);
            // The first connection was that of the test, which looked whether the front listens.
            GatewayEvent.SourcePassedOn passed = gateway.awaitEvent(
                    GatewayEvent.SourcePassedOn.class,
                    event -> event.source().getHostAddress().equals(DEVICE));
            assertThat(passed.by()).isEqualTo(by);
        }
    }

    @ParameterizedTest
    @CsvSource({"nginx-stream, upgrade-eof 0", "haproxy-v1, upgrade-eof 0", "haproxy-v2, upgrade-eof 0"})
    void aProxyHeaderOfAFrontThatIsNotTrustedIsRefused(String front, String verdict) throws Exception {
        try (LoopbackGateway gateway = LoopbackGateway.plain(config -> trusting(config, "10.0.0.0/8"));
                Front running = start(front, gateway.port());
                LoopbackDevice device = device(running.port)) {
            assertThat(LoopbackDevice.verdict(device.open())).isEqualTo(verdict);
            assertThat(gateway.awaitRefusal()).isEqualTo("proxy-protocol");
        }
    }

    @Test
    void aHeaderOfAFrontThatIsNotTrustedIsIgnored() throws Exception {
        try (LoopbackGateway gateway = LoopbackGateway.plain(config -> trusting(config, "10.0.0.0/8"));
                Front running = start("haproxy-header", gateway.port());
                LoopbackDevice device = device(running.port)) {
            assertThat(device.open()).isInstanceOf(ConnectOutcome.Online.class);
            assertThat(gateway.awaitEvent(GatewayEvent.ForwardedSourceIgnored.class)
                            .value())
                    .isEqualTo(DEVICE);
        }
    }

    private static GatewayConfig.Builder trusting(GatewayConfig.Builder config, String front) {
        return config.admission(AdmissionConfig.builder()
                .trustProxies(List.of(Cidr.parse(front)))
                .build());
    }

    private static LoopbackDevice device(int port) {
        DeviceConfig config = DeviceConfig.of(
                "door", DeviceProfile.named("esp-idf-websocket"), "ws://gateway.test" + GatewayConfig.PATH);
        return new LoopbackDevice(config, new InetSocketAddress(DEVICE, 0), port);
    }

    private Front start(String front, int gateway) throws IOException {
        boolean nginx = front.startsWith("nginx");
        assumeTrue(
                OutsideProgram.works(List.of(nginx ? "nginx" : "haproxy", "-v"), Map.of()),
                front + " is not on this machine (apt-get install nginx-light haproxy)");
        assumeTrue(
                !nginx || Files.exists(Path.of("/usr/lib/nginx/modules/ngx_stream_module.so")),
                "nginx has no stream module here (apt-get install libnginx-mod-stream)");
        int port = NginxSite.freePort();
        Path file = Files.writeString(
                directory.resolve("front.conf"),
                CONFIGURATIONS
                        .get(front)
                        .replace("@directory@", directory.toString())
                        .replace("@front@", String.valueOf(port))
                        .replace("@gateway@", String.valueOf(gateway)));
        OutsideProgram program = OutsideProgram.start(
                nginx
                        ? List.of("nginx", "-p", directory.toString(), "-c", file.toString(), "-e", "stderr")
                        : List.of("haproxy", "-db", "-f", file.toString()));
        OutsideProgram.patiently().until(() -> OutsideProgram.listens(port) || !program.isRunning());
        assertThat(program.isRunning()).as(program.printed()).isTrue();
        return new Front(program, port);
    }

    private record Front(OutsideProgram program, int port) implements AutoCloseable {
        @Override
        public void close() {
            program.close();
        }
    }
}
