package io.fieldloop.scenario.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.probe.finding.AddressFinding;
import io.fieldloop.scenario.probe.finding.SessionFinding;
import io.fieldloop.scenario.probe.finding.TlsFinding;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers set up in ways that are allowed, or usual, and still not for every device. */
@Order(3)
class OddServersTest {
    private static final String OPENSSL = "/usr/bin/openssl";
    private static final TrustRoots NO_ROOTS = new TrustRoots("no root", List.of());

    /** Answers every upgrade, says hello, and then does one thing that a WebSocket server must not do. */
    private static final String ODD_SERVER = """
            import base64, hashlib, socket, sys, threading, time
            mode, port = sys.argv[1], int(sys.argv[2])

            def serve(client):
                try:
                    request = b''
                    while b'\\r\\n\\r\\n' not in request:
                        request += client.recv(4096) or exit()
                    key = [l.split(b': ', 1)[1] for l in request.split(b'\\r\\n') if l.lower().startswith(b'sec-websocket-key')]
                    accept = hashlib.sha1((key or [b''])[0] + b'258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest()
                    client.sendall(b'HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\n'
                        b'Sec-WebSocket-Accept: ' + base64.b64encode(accept) + b'\\r\\n\\r\\n')
                    client.recv(4096)
                    hello = b'{"type":"hello","transport":"websocket","session_id":"s1","token":"s3cr3t"}'
                    first = 0xC1 if mode == 'rsv1' else 0x81
                    mask = mode == 'masked'
                    client.sendall(bytes([first, len(hello) | (0x80 if mask else 0)]) + (b'\\0' * 4 if mask else b'') + hello)
                    if mode == 'close':
                        client.sendall(b'\\x08\\x02\\x03\\xe8')
                    if mode == 'huge':
                        client.sendall(b'\\x82\\x7f\\x40' + b'\\0' * 7)
                    if mode == 'long-ping':
                        client.sendall(b'\\x89\\x7e\\x00\\xc8' + b'x' * 200)
                    while client.recv(4096):
                        pass
                except OSError:
                    pass
                finally:
                    client.close()

            server = socket.create_server(('127.0.0.1', port))
            while True:
                threading.Thread(target=serve, args=(server.accept()[0],), daemon=True).start()
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rsv1      | It sends frames with RSV1, as if compression had been agreed on
            masked    | It masks its frames, which only clients do
            close     | It sends a close frame without FIN
            long-ping | It sends a control frame of 200 bytes, where 125 are the most
            silent    | It answers no ping; esp_websocket_client, which pings every 10 s, takes it for dead after 120 s.
            """)
    void whatAWebSocketServerMustNotDoIsNamed(String mode, String remark) throws IOException {
        try (OutsideServer server = oddServer(mode)) {
            SessionFinding session = ExaminedGateway.examine(url(server), NO_ROOTS, "xiaozhi-wifi")
                    .session();

            assertThat(session.helloFault()).isNull();
            assertThat(session.remarks()).anyMatch(line -> line.startsWith(remark));
        }
    }

    @Test
    void aFrameBeyondAllMeasureIsNoEndOfTheConnection() throws IOException {
        try (OutsideServer server = oddServer("huge")) {
            assertThat(ExaminedGateway.examine(url(server), NO_ROOTS, "xiaozhi-wifi")
                            .session()
                            .ended())
                    .isEqualTo("it sent a frame of 4611686018427387904 bytes, for which no device has room");
        }
    }

    /** Our own gateway does none of it. */
    @Test
    void aSoundSessionHasNoRemarks() {
        try (ExaminedGateway gateway = ExaminedGateway.sound()) {
            SessionFinding session = gateway.examineWs("xiaozhi-wifi").session();
            assertThat(session.remarks()).isEmpty();
            assertThat(session.pongAfter()).isNotNull();
        }
    }

    @Test
    void noTokenIsPrintedWhoeverSaysIt() throws IOException {
        try (OutsideServer server = oddServer("silent")) {
            Examination found = ExaminedGateway.examine(url(server) + "?token=s3cr3t", NO_ROOTS, "xiaozhi-wifi");

            assertThat(ExaminationText.json(found)).contains("?token=***").doesNotContain("s3cr3t");
            assertThat(ExaminationText.of(found))
                    .anyMatch(line -> line.contains("\"token\":\"***\""))
                    .noneMatch(line -> line.contains("s3cr3t"));
        }
    }

    @Test
    void otherAddressesOfTheNameAreAsked() throws IOException {
        try (OutsideServer server = oddServer("silent")) {
            byte[] ipv6 = new byte[16];
            ipv6[15] = 1;
            List<InetAddress> addresses = List.of(
                    InetAddress.getLoopbackAddress(),
                    InetAddress.getByAddress(new byte[] {127, 0, 0, 2}),
                    InetAddress.getByAddress(ipv6));
            Examination found = ExaminedGateway.examine(url(server), addresses, NO_ROOTS, "xiaozhi-wifi");

            assertThat(found.otherAddresses()).hasSize(2).noneMatch(AddressFinding::same);
            assertThat(found.otherAddresses().get(0))
                    .isEqualTo(new AddressFinding("127.0.0.2", "connection refused", false));
            assertThat(ExaminationText.of(found))
                    .anyMatch(line -> line.contains("Devices whose resolver names 127.0.0.2"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ec:brainpoolP256r1 |                               |                          | The key is on brainpoolP256r1
            ec:prime256v1      | keyUsage=critical,keyAgreement |                         | key usage does not allow signatures
            ec:prime256v1      | extendedKeyUsage=clientAuth   |                          | extended key usage does not allow servers
            ec:prime256v1      |                               | -Verify 1                | It asks for a client certificate, and stock devices have none: without one it ends with alert
            ec:prime256v1      |                               | -verify 1 -tls1_2        | It asks for a client certificate, and stock devices have none: whether it goes on without one shows only at the upgrade.
            ec:prime256v1      |                               | -curves X25519 -tls1_2   | It wants the curve x25519
            rsa:2048           |                               | -max_send_frag 512 -tls1_2 | It cuts handshake messages into several records
            """)
    void whatSomeDeviceStumblesOverIsNamed(String key, String extension, String options, String remark)
            throws IOException {
        try (OutsideServer server = openssl(key, extension, options)) {
            TlsFinding tls = ExaminedGateway.examine(wss(server), roots(), "xiaozhi-wifi")
                    .tls();

            List<String> remarks = new ArrayList<>(tls.remarks());
            remarks.addAll(tls.chain().defects());
            assertThat(remarks).anyMatch(line -> line.contains(remark));
        }
    }

    /** A curve that the examination does not offer would look like a TLS version that is not there. */
    @Test
    void aDeviceThatConnectsAndWhatWasFoundAgree() throws IOException {
        try (OutsideServer server = openssl("ec:secp521r1", null, "-curves P-521 -tls1_2")) {
            Examination found = ExaminedGateway.examine(wss(server), roots(), "xiaozhi-wifi");

            assertThat(found.devices().get(0).tls()).startsWith("TLSv1.2 ");
            assertThat(found.tls().acceptedVersions()).containsExactly("TLSv1.2");
            assertThat(found.tls().chain().certificates().get(0).key()).isEqualTo("EC P-521");
        }
    }

    @Test
    void whoWantsAClientCertificateIsTheReasonOfADeviceThatHasNone() throws IOException {
        try (OutsideServer server = openssl("ec:prime256v1", null, "-Verify 1 -tls1_2")) {
            Examination found = ExaminedGateway.examine(wss(server), roots(), "xiaozhi-wifi");

            assertThat(found.devices().get(0).because())
                    .isEqualTo("the server wants a client certificate, and this device has none");
        }
    }

    private OutsideServer oddServer(String mode) throws IOException {
        OutsideServer.assumeInstalled("/usr/bin/python3");
        Path script = Files.writeString(folder.resolve("server.py"), ODD_SERVER);
        int port = OutsideServer.freePort();
        return OutsideServer.start(
                port,
                folder.resolve("log"),
                List.of("/usr/bin/python3", script.toString(), mode, Integer.toString(port)));
    }

    private OutsideServer openssl(String key, String extension, String options) throws IOException {
        OutsideServer.assumeInstalled(OPENSSL);
        String certificate = folder.resolve("leaf.pem").toString();
        String privateKey = folder.resolve("key.pem").toString();
        List<String> request = new ArrayList<>(List.of(OPENSSL, "req", "-x509", "-nodes", "-days", "30"));
        request.addAll(
                key.startsWith("ec:")
                        ? List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:" + key.substring(3))
                        : List.of("-newkey", key));
        request.addAll(List.of("-subj", "/CN=gateway.test", "-addext", "subjectAltName=DNS:gateway.test"));
        request.addAll(extension == null ? List.of() : List.of("-addext", extension));
        request.addAll(List.of("-keyout", privateKey, "-out", certificate));
        run(request);
        int port = OutsideServer.freePort();
        List<String> command = new ArrayList<>(List.of(OPENSSL, "s_server", "-accept", "127.0.0.1:" + port, "-www"));
        command.addAll(List.of("-cert", certificate, "-key", privateKey, "-CAfile", certificate));
        command.addAll(options == null ? List.of() : List.of(options.split(" ")));
        return OutsideServer.start(port, folder.resolve("log"), command);
    }

    private void run(List<String> command) throws IOException {
        try {
            int exit = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start()
                    .waitFor();
            assertThat(exit).as(Files.readString(folder.resolve("log"))).isZero();
        } catch (InterruptedException e) {
            throw new IllegalStateException("openssl did not end", e);
        }
    }

    private TrustRoots roots() throws IOException {
        try (var pem = Files.newInputStream(folder.resolve("leaf.pem"))) {
            return new TrustRoots("the test's root", List.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(pem)));
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String url(OutsideServer server) {
        return "ws://gateway.test:" + server.port() + "/";
    }

    private static String wss(OutsideServer server) {
        return "wss://gateway.test:" + server.port() + "/";
    }
}
