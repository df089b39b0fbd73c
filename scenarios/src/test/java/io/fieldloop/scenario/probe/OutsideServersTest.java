package io.fieldloop.scenario.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.scenario.probe.finding.RefusalFinding;
import io.fieldloop.scenario.probe.finding.TicketFinding;
import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.CertificateRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examination of servers that we did not write. */
@OwnsWallClock("outside programs judge certificates by the machine's clock")
class OutsideServersTest {
    private static final String OPENSSL = "/usr/bin/openssl";
    private static final String NGINX = "/usr/sbin/nginx";
    private static final TrustRoots NO_ROOTS = new TrustRoots("no root", List.of());

    private final CertificateAuthority authority = new CertificateAuthority(InstantSource.system(), new SecureRandom());

    @TempDir
    private Path folder;

    @Test
    void opensslOffersWhatItWasToldToOffer() throws IOException {
        OutsideServer.assumeInstalled(OPENSSL);
        writeCertificate();
        try (OutsideServer server =
                openssl("-tls1_2", "-cipher", "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES256-GCM-SHA384")) {
            Examination found = examineTls(server);

            assertThat(found.tls().acceptedVersions()).containsExactly("TLSv1.2");
            assertThat(found.tls().versions().get(1).suites())
                    .containsExactlyInAnyOrder(
                            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
            assertThat(found.tls().chain().namesHost()).isTrue();
            assertThat(found.upgrade().status()).isEqualTo(200);
            assertThat(found.devices().get(0).because())
                    .contains("the server answers 'HTTP/1.0 200 ok' and not HTTP/1.1 101");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', true, true",
        "-no_ticket -num_tickets 0, false, false",
        "-no_ticket -num_tickets 0 -no_cache, false, false",
    })
    void opensslsTicketsAreFoundWhereItGivesAny(String options, boolean given, boolean resumes13) throws IOException {
        OutsideServer.assumeInstalled(OPENSSL);
        writeCertificate();
        try (OutsideServer server = openssl(options.isEmpty() ? new String[0] : options.split(" ", -1))) {
            List<TicketFinding> tickets = examineTls(server).tls().tickets();

            assertThat(tickets).extracting(TicketFinding::version).containsExactly("TLSv1.3", "TLSv1.2");
            assertThat(tickets).allMatch(ticket -> given ? ticket.bytes() > 100 : ticket.bytes() == 0);
            assertThat(tickets.get(0).resumed()).isEqualTo(resumes13);
            assertThat(tickets.get(1).resumed()).isEqualTo(!options.contains("-no_cache"));
        }
    }

    @Test
    void nginxThatForgetsTheUpgradeHeadersIsTold() throws IOException {
        OutsideServer.assumeInstalled(NGINX);
        try (ExaminedGateway behind = ExaminedGateway.sound()) {
            int port = OutsideServer.freePort();
            Path configuration = folder.resolve("nginx.conf");
            Files.writeString(configuration, """
                    daemon off; pid %1$s/pid; error_log %1$s/error.log;
                    events {}
                    http {
                      access_log off;
                      client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy; fastcgi_temp_path %1$s/f;
                      uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
                      server {
                        listen 127.0.0.1:%2$d;
                        location /xiaozhi/v1/ { proxy_pass http://127.0.0.1:%3$d; proxy_http_version 1.1; }
                        location /moved/ { return 301 https://$host$request_uri; }
                      }
                    }
                    """.formatted(folder, port, behind.plainPort()));
            List<String> command = List.of(NGINX, "-c", configuration.toString(), "-p", folder.toString());
            try (OutsideServer server = OutsideServer.start(port, folder.resolve("log"), command)) {
                Examination found = examine(server, "/xiaozhi/v1/", "xiaozhi-wifi");
                assertThat(found.upgrade().status()).isEqualTo(400);
                assertThat(found.devices().get(0).because()).contains("'HTTP/1.1 400 Bad Request'");

                assertThat(examine(server, "/moved/", "esp-idf-websocket")
                                .devices()
                                .get(0)
                                .because())
                        .contains("redirects to https://gateway.test/moved/");
            }
        }
    }

    @Test
    void pythonWebsocketsIsUnderstood() throws IOException {
        OutsideServer.assumePythonWebsockets();
        int port = OutsideServer.freePort();
        Path script = folder.resolve("server.py");
        Files.writeString(script, """
                import asyncio, json, websockets

                async def talk(socket, path="/"):
                    async for message in socket:
                        if isinstance(message, str) and '"hello"' in message:
                            await socket.send(json.dumps(
                                {"type": "hello", "transport": "websocket", "session_id": "s1"}))

                async def main():
                    async with websockets.serve(talk, "127.0.0.1", %d, ping_interval=0.5):
                        await asyncio.Future()

                asyncio.run(main())
                """.formatted(port));
        List<String> command = List.of("/usr/bin/python3", script.toString());
        try (OutsideServer server = OutsideServer.start(port, folder.resolve("log"), command)) {
            Examination found = examine(server, "/", "xiaozhi-wifi", "esp-idf-websocket", "strict-rfc6455");
            assertThat(found.allConnect()).isTrue();
            assertThat(found.upgrade().acceptRight()).isTrue();
            assertThat(found.session().pings()).hasSizeGreaterThan(3);
            assertThat(found.refusals())
                    .filteredOn(refusal -> refusal.request().equals("no Device-Id"))
                    .allMatch(RefusalFinding::admitted);
        }
    }

    private OutsideServer openssl(String... options) throws IOException {
        int port = OutsideServer.freePort();
        String leaf = folder.resolve("leaf.pem").toString();
        List<String> command = new ArrayList<>(List.of(
                OPENSSL, "s_server", "-www", "-accept", "127.0.0.1:" + port, "-cert", leaf, "-cert_chain", leaf));
        command.addAll(List.of("-key", folder.resolve("key.pem").toString()));
        command.addAll(List.of(options));
        return OutsideServer.start(port, folder.resolve("log"), command);
    }

    private Examination examineTls(OutsideServer server) {
        return ExaminedGateway.examine(
                "wss://gateway.test:" + server.port() + "/",
                new TrustRoots("the run's root", List.of(authority.root())),
                "xiaozhi-wifi");
    }

    private static Examination examine(OutsideServer server, String path, String... profiles) {
        return ExaminedGateway.examine("ws://gateway.test:" + server.port() + path, NO_ROOTS, profiles);
    }

    private void writeCertificate() throws IOException {
        InstantSource clock = InstantSource.system();
        CertificateChain chain = authority.issue(CertificateRequest.of(
                List.of("gateway.test"), clock.instant().minus(Duration.ofDays(1)), Duration.ofDays(90)));
        Files.writeString(folder.resolve("leaf.pem"), chain.certificatesPem());
        Files.writeString(folder.resolve("key.pem"), chain.keyPem());
    }
}
