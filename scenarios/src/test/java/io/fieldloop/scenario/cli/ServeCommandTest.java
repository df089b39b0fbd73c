package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be served is one sentence and exit code 2, never a stack trace. */
class ServeCommandTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --stance soft                       | --stance soft is unknown; there are hardened and compat.
            --session ping                      | --session ping is unknown; there are xiaozhi and echo.
            --ws http                           | Invalid value for option '--ws': 'http' is not an int; see `fieldloop serve --help`.
            --ws 70000                          | --ws 70000 is no port; ports are 1 to 65535, and 0 takes any free one.
            --admin 0                           | There is nothing to serve: give --ws PORT, --wss PORT, --mqtt PORT or --mqtts PORT.
            --udp 0                             | --udp is for devices that speak MQTT; give a port with --mqtt or --mqtts, too.
            --mqtt 0 --udp-host 1.2.3.4         | --udp-host is for voice; give a port with --udp, too.
            --mqtt 70000                        | --mqtt 70000 is no port; ports are 1 to 65535, and 0 takes any free one.
            --ws 0 --host 1.2.3.4.5             | --host 1.2.3.4.5 is no address; give one of this machine, such as 192.168.1.10, or 0.0.0.0 for all.
            --ws 0 --allow 10.0.0.0/40          | --allow: "10.0.0.0/40" is no network: its prefix length must be 0 to 32; write it as 10.0.0.0/8 or fd00::/8.
            --ws 0 --deny lan                   | --deny: "lan" is no network: it does not begin with an IP address; write it as 10.0.0.0/8 or fd00::/8.
            --wss 0 --key k.pem                 | --certificate and --key belong together; give both, or none to have one minted.
            --ws 0 --root-out r.pem             | --certificate, --key, --client-ca and --root-out are for TLS; give a port with --wss or --mqtts, too.
            --wss 0 --name https://gateway.test | --name https://gateway.test is no host name; write it as a device would, without port.
            --ws 0 --token-key @/nowhere        | The file /nowhere of --token-key cannot be read; give one with that and nothing else in it.
            --ws 0 --token-for 02:00            | --token-for 02:00 is no pair; write it as DEVICE_ID,CLIENT_ID.
            --ws 0 --token-for a,b              | --token-for needs --token-key: without a key no token is asked for.
            --ws 0 --trust-proxy front          | --trust-proxy: "front" is no network: it does not begin with an IP address; write it as 10.0.0.0/8 or fd00::/8.
            --ws 0 --exempt lan                 | --exempt: "lan" is no network: it does not begin with an IP address; write it as 10.0.0.0/8 or fd00::/8.
            --ws 0 --origin foo                 | --origin foo is no origin; write it as the browser does, such as https://app.example.com, without a path.
            --ws 0 --origin https://a.example/  | --origin https://a.example/ is no origin; write it as the browser does, such as https://app.example.com, without a path.
            --ws 0 --connections-per-source 0   | --connections-per-source 0 lets nobody in; give a number from 1.
            --ws 0 --refusals-per-source often  | --refusals-per-source often is not a rate; write it as 20/10s.
            --ws 0 --ban soon                   | Invalid value for option '--ban': 'soon' is not a duration; expected one such as 90s; see `fieldloop serve --help`.
            --wsss                              | Unknown option: '--wsss'; did you mean --wss?
            """)
    void isOneSentence(String arguments, String sentence) {
        assertThat(complaint(arguments.split(" "))).isEqualTo("fieldloop: " + sentence);
    }

    @Test
    void aMistakeIsToldInTheLanguage() {
        assertThat(complaint("--token-for", "a,b", "--ws", "0", "--lang", "zh"))
                .isEqualTo("fieldloop: --token-for 需要 --token-key：没有密钥就不要求 token。");
    }

    @Test
    void aTakenPortIsOneSentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(complaint("--ws", port))
                    .startsWith("fieldloop: Listener \"ws\" cannot listen on ")
                    .endsWith(": the port is taken; choose another or stop what uses it.");
            assertThat(complaint("--ws", "0", "--admin", port))
                    .isEqualTo("fieldloop: The admin listener cannot listen on 127.0.0.1:" + port
                            + ": the port is taken; choose another or stop what uses it.");
        }
    }

    @Test
    void anUnreadableKeyIsOneSentence() throws IOException {
        Path certificate = folder.resolve("certificate.pem");
        Path key = folder.resolve("key.pem");
        Files.writeString(certificate, TestCertificate.one().certificatesPem());
        assertThat(complaint("--wss", "0", "--certificate", certificate.toString(), "--key", key.toString()))
                .isEqualTo("fieldloop: The file " + key + " is unreadable: there is no such file.");
    }

    @Test
    void aKeyOfAnotherCertificateIsOneSentence() throws IOException {
        Path certificate = folder.resolve("certificate.pem");
        Path key = folder.resolve("key.pem");
        Files.writeString(certificate, TestCertificate.one().certificatesPem());
        Files.writeString(key, TestCertificate.one().keyPem());
        assertThat(complaint("--wss", "0", "--certificate", certificate.toString(), "--key", key.toString()))
                .startsWith("fieldloop: The private key in " + key + " does not belong to the first certificate in ");
    }

    @Test
    void anEmptyKeyFileIsOneSentence() throws IOException {
        Path key = folder.resolve("token.key");
        Files.writeString(key, "\n");
        assertThat(complaint("--ws", "0", "--token-key", "@" + key))
                .isEqualTo(
                        "fieldloop: The file " + key + " of --token-key is empty; give the key that is signed with.");
    }

    private static String complaint(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] all = new String[arguments.length + 1];
        all[0] = "serve";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        int exitCode = Main.run(Map.of(), new PrintWriter(out), new PrintWriter(err), all);
        assertThat(exitCode).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines()).hasSize(1);
        return err.toString().strip();
    }
}
