package io.fieldloop.scenario.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a server's TLS agrees with what devices run into, at nginx with keys and settings that few have. */
class NginxTlsTest {
    private static final String NGINX = "/usr/sbin/nginx";
    private static final String OPENSSL = "/usr/bin/openssl";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            EC -pkeyopt ec_paramgen_curve:brainpoolP256r1 |                                             | TLSv1.2         | idf-4.4 can connect  | wants the curve brainpoolP256r1
            EC -pkeyopt ec_paramgen_curve:secp224r1       |                                             | TLSv1.2         | idf-4.4 can connect  | wants the curve secp224r1
            EC -pkeyopt ec_paramgen_curve:P-256           | ssl_ecdh_curve X25519;                      | TLSv1.3 TLSv1.2 | no line can connect  | wants the curve x25519
            EC -pkeyopt ec_paramgen_curve:P-256           | ssl_protocols TLSv1.3;                      | TLSv1.3         | no line can connect  | takes only TLSv1.3
            EC -pkeyopt ec_paramgen_curve:P-256           | ssl_verify_client on; ssl_client_certificate leaf.pem; | TLSv1.3 TLSv1.2 | idf-4.4, idf-5.0 | it had asked for a client certificate
            RSA-PSS -pkeyopt rsa_keygen_bits:2048         |                                             | TLSv1.3 TLSv1.2 | no line can connect  | no curve, kind of signature
            """)
    void agreesWithWhatDevicesRunInto(String key, String settings, String versions, String lines, String because)
            throws IOException {
        OutsideServer.assumeInstalled(NGINX);
        OutsideServer.assumeInstalled(OPENSSL);
        writeCertificate(key);
        try (ExaminedGateway behind = ExaminedGateway.sound();
                OutsideServer nginx = nginx(settings == null ? "" : settings, behind.plainPort())) {
            Examination found = ExaminedGateway.examine(
                    "wss://gateway.test:" + nginx.port() + "/xiaozhi/v1/",
                    new TrustRoots("the server's own certificate", List.of(leaf())),
                    "xiaozhi-wifi");

            assertThat(found.tls().acceptedVersions()).containsExactly(versions.split(" ", -1));
            assertThat(GenerationOutlook.of(found.tls()).get(0)).startsWith(lines);
            assertThat(found.devices().get(0).because()).contains(because);
            // The rest is looked at behind whatever TLS the server takes.
            assertThat(found.upgrade().status()).isEqualTo(settings != null && settings.contains("verify") ? 400 : 101);
        }
    }

    private void writeCertificate(String key) throws IOException {
        String command =
                OPENSSL + " req -x509 -nodes -days 30 -subj /CN=gateway.test -addext subjectAltName=DNS:gateway.test"
                        + " -keyout key.pem -out leaf.pem -newkey " + key;
        Process openssl = new ProcessBuilder(command.split(" ", -1))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertThat(openssl.onExit().join().exitValue())
                .as(Files.readString(folder.resolve("log")))
                .isZero();
    }

    private X509Certificate leaf() throws IOException {
        try (InputStream pem = Files.newInputStream(folder.resolve("leaf.pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private OutsideServer nginx(String settings, int gateway) throws IOException {
        int port = OutsideServer.freePort();
        Path configuration = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off; pid pid; error_log error.log;
                events {}
                http {
                  access_log off;
                  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
                  server {
                    listen 127.0.0.1:%d ssl;
                    ssl_certificate leaf.pem;
                    ssl_certificate_key key.pem;
                    %s
                    location / {
                      proxy_pass http://127.0.0.1:%d;
                      proxy_http_version 1.1;
                      proxy_set_header Host $host;
                      proxy_set_header Upgrade $http_upgrade;
                      proxy_set_header Connection upgrade;
                    }
                  }
                }
                """.formatted(
                        port,
                        settings.contains("ssl_protocols") ? settings : "ssl_protocols TLSv1.2 TLSv1.3; " + settings,
                        gateway));
        return OutsideServer.start(
                port,
                folder.resolve("log"),
                List.of(NGINX, "-c", configuration.toString(), "-p", folder.toString(), "-e", "error.log"));
    }
}
