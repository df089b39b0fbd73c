package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.scenario.front.FrontCatalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fieldloop run} with a program in front of the gateway. */
class RunFrontTest {
    private static final String SCENARIO = """
            scenario: A device
            devices: { door: { url: "ws://gateway.test:8000/xiaozhi/v1/" } }
            expect: [{ device: door, is: online }]
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String... words) {
        List<String> all =
                new ArrayList<>(List.of("run", "--out", folder.resolve("out").toString()));
        all.addAll(Arrays.asList(words));
        return Main.run(Map.of(), new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    }

    private String scenario() throws IOException {
        return Files.writeString(folder.resolve("device.yaml"), SCENARIO).toString();
    }

    @Test
    void aConfigurationOfOnesOwnStandsBetweenLinkAndGateway() throws IOException {
        String missing = FrontCatalogue.bundled().named("haproxy").missing();
        assumeTrue(missing == null, missing);
        Path own = Files.writeString(folder.resolve("own.cfg"), """
                defaults
                  mode http
                  timeout connect 1s
                  timeout client 5s
                  timeout server 5s
                listen devices
                  bind @address@:@ws@
                  http-request deny deny_status 403
                  server gateway @gateway@
                """);
        assertThat(run("--front", "haproxy", "--config", own.toString(), scenario()))
                .isEqualTo(1);
        assertThat(out.toString()).contains("upgrade-refused").contains("--front haproxy --config " + own);
        assertThat(run("--front", "haproxy", scenario())).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"apache", "haproxy", "caddy", "nginx", "lighttpd"})
    void aFrontLeavesTheSecretsThatOpenTheCapturesInFrontOfIt(String front) throws IOException {
        String missing = FrontCatalogue.bundled().named(front).missing();
        assumeTrue(missing == null, missing);
        assumeTrue(
                List.of("apache", "haproxy", "caddy").contains(front) || Files.isExecutable(Path.of("/usr/bin/cc")),
                "no C compiler (apt-get install gcc), and so no secrets of " + front);
        Path file = Files.writeString(folder.resolve("desk.yaml"), """
                scenario: A device by TLS
                matrix: { tls: [TLSv1.2, TLSv1.3] }
                devices: { desk: { profile: strict-rfc6455, tls: { versions: ["${tls}"] } } }
                expect: [{ device: desk, is: online }]
                """);
        assertThat(run("--front", front, "--capture", file.toString()))
                .as("%s %s", out, err)
                .isZero();
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            Path evidence = folder.resolve("out/latest/evidence/desk_tls=" + version);
            String capture = evidence.resolve("desk.pcapng").toString();
            assertThat(diagnose(capture)).contains(version, "--keylog").doesNotContain("101 Switching Protocols");
            assertThat(diagnose(
                            capture, "--keylog", evidence.resolve("front.keys").toString()))
                    .as(version)
                    .contains("101 Switching Protocols");
        }
    }

    private static String diagnose(String... words) {
        StringWriter said = new StringWriter();
        List<String> all = new ArrayList<>(List.of("diagnose"));
        all.addAll(Arrays.asList(words));
        Main.run(Map.of(), new PrintWriter(said, true), new PrintWriter(said, true), all.toArray(String[]::new));
        return said.toString();
    }

    @Test
    void aConfigurationThatDoesNotComeUpIsInconclusiveInTheProgramsOwnWords() throws IOException {
        String missing = FrontCatalogue.bundled().named("haproxy").missing();
        assumeTrue(missing == null, missing);
        Path own = Files.writeString(folder.resolve("own.cfg"), "defaults\n  no such word @ws@ @gateway@\n");
        assertThat(run("--front", "haproxy", "--config", own.toString(), scenario()))
                .isEqualTo(2);
        assertThat(out.toString())
                .contains("haproxy does not listen; it said: ")
                .contains("unknown keyword 'such'")
                .contains(own + ":2")
                .contains("`fieldloop front haproxy` prints a configuration that runs");
    }

    /** As they are passed on from one to the next, with more of the program than the good configuration needs. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "haproxy | global\\n maxconn 99\\ndefaults\\n mode http\\n timeout connect 1s\\n timeout client 9s\\n timeout server 9s\\n"
                        + "frontend f\\n log global\\n bind @address@:@ws@\\n default_backend b\\nbackend b\\n log global\\n server g @gateway@",
                "lighttpd | server.modules += ( \"mod_proxy\" )\\n$SERVER[\"socket\"] == \":@ws@\" { }\\n$HTTP[\"host\"] =~ \"gateway\" {\\n"
                        + " proxy.header = ( \"upgrade\" => \"enable\" )\\n"
                        + " proxy.server = ( \"\" => (( \"host\" => \"@gateway-host@\", \"port\" => @gateway-port@ )) )\\n}",
                "caddy | http://gateway.test:@ws@ {\\n reverse_proxy @gateway@\\n}",
                "apache | <VirtualHost *:@ws@>\\n ServerName gateway.test\\n RewriteEngine On\\n RewriteCond %{HTTP:Upgrade} =websocket [NC]\\n"
                        + " RewriteRule /(.*) ws://@gateway@/$1 [P,L]\\n RequestHeader set X-Forwarded-Proto http\\n"
                        + " CustomLog ${APACHE_LOG_DIR}/access.log combined\\n</VirtualHost>",
                "nginx | map $http_upgrade $up { default upgrade; '' close; }\\nserver {\\n listen @ws@;\\n location / {\\n proxy_pass http://@gateway@;\\n"
                        + " proxy_http_version 1.1;\\n proxy_set_header Upgrade $http_upgrade;\\n proxy_set_header Connection $up;\\n }\\n}\\nserver {\\n listen 80;\\n location / {\\n proxy_pass http://127.0.0.1:8000;\\n }\\n}"
            })
    void aConfigurationAsPeoplePasteItCarriesADevice(String front, String configuration) throws IOException {
        String missing = FrontCatalogue.bundled().named(front).missing();
        assumeTrue(missing == null, missing);
        Path own = Files.writeString(folder.resolve("own.conf"), configuration.replace("\\n", "\n") + "\n");
        assertThat(run("--front", front, "--config", own.toString(), scenario()))
                .as("%s %s", out, err)
                .isZero();
    }

    /** With http {}, users, logs, ports and certificates of another machine, and with sites that are no gateway. */
    @ParameterizedTest
    @CsvSource({
        "nginx, nginx, ws wss",
        "nginx, dump, wss",
        "nginx-stream, nginx-stream, ws wss",
        "apache, apache, ws wss",
        "haproxy, haproxy, ws wss",
        "haproxy-tcp, haproxy-tcp, wss",
        "caddy, caddy, wss",
        "caddy, caddy-short, wss",
        "lighttpd, lighttpd, ws wss",
        "varnish, varnish, ws",
        "stunnel, stunnel, wss",
        "sslh, sslh, wss",
        "squid, squid, wss"
    })
    void aServersWholeConfigurationRunsAsItStandsThere(String front, String file, String schemes) throws Exception {
        String missing = FrontCatalogue.bundled().named(front).missing();
        assumeTrue(missing == null, missing);
        String devices = Arrays.stream(schemes.split(" "))
                .map(scheme -> "  " + scheme + ": { url: \"" + scheme + "://gateway.test/xiaozhi/v1/\" }\n")
                .map(line -> line.replace("ws://gateway.test/", "ws://gateway.test:8000/"))
                .collect(Collectors.joining());
        Path scenario = Files.writeString(
                folder.resolve("all.yaml"),
                "scenario: Devices\ndevices:\n" + devices + "expect: [{ device: all, is: online }]\n");
        assertThat(run("--front", front, "--config", own(file).toString(), scenario.toString()))
                .as("%s %s", out, err)
                .isZero();
        assertThat(err.toString()).contains("the gateway");
    }

    private static Path own(String file) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(RunFrontTest.class.getResource("own/" + file + ".conf"))
                .toURI());
    }

    @Test
    void whatItIncludesIsLookedForBesideIt() throws Exception {
        assertThat(run("--front", "nginx", "--config", own("site/nginx").toString(), scenario()))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "snippets/voice.conf:6 includes snippets/nowhere.conf, which is not here; copy it beside nginx.conf");
    }

    @Test
    void aComplaintOfTheProgramIsAboutTheLinesOfTheFilesOneKnows() throws IOException {
        String missing = FrontCatalogue.bundled().named("nginx").missing();
        assumeTrue(missing == null, missing);
        Files.writeString(folder.resolve("tls"), "\nssl_protocol TLSv1.2;\n");
        Path own = Files.writeString(
                folder.resolve("own.conf"),
                "server {\n listen 80;\n include tls;\n proxy_pass http://localhost:8000;\n}\n");
        assertThat(run("--front", "nginx", "--config", own.toString(), scenario()))
                .isEqualTo(2);
        assertThat(out.toString()).contains("unknown directive \"ssl_protocol\" in " + folder.resolve("tls") + ":2");
    }

    @Test
    void theGatewayTrustsWhatTheCommandLinePutsInFront() throws IOException {
        String missing = FrontCatalogue.bundled().named("haproxy-tcp").missing();
        assumeTrue(missing == null, missing);
        assertThat(run("--front", "haproxy-tcp", scenario())).isZero();
    }

    @Test
    void whatCannotBeIsOneSentence() throws IOException {
        Path two = Files.writeString(
                folder.resolve("two.cfg"), "bind :80\nserver a 10.0.0.7:9000\nserver b 10.0.0.8:9000\n");
        Path markless = Files.writeString(folder.resolve("markless.cfg"), "bind :8000\n");
        assertThat(run("--front", "iis", scenario())).isEqualTo(2);
        assertThat(run("--front", "haproxy", "--config", two.toString(), scenario()))
                .isEqualTo(2);
        assertThat(run("--config", "good", scenario())).isEqualTo(2);
        assertThat(run("--front", "haproxy", "--config", "nowhere.cfg", scenario()))
                .isEqualTo(2);
        assertThat(run("--front", "haproxy", "--config", markless.toString(), scenario()))
                .isEqualTo(2);
        assertThat(run("--front", "haproxy", "--rig", "virtual", scenario())).isEqualTo(2);
        assertThat(run("--front", "haproxy", "--against", "ws://127.0.0.1:1/", scenario()))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .anyMatch(line -> line.contains("--front: there is no front 'iis'; expected one of nginx"))
                .anyMatch(line -> line.contains("--config is about the program of --front"))
                .anyMatch(line -> line.contains("nowhere.cfg is neither a name"))
                .anyMatch(line -> line.contains("markless.cfg leads to no gateway that can be made out"))
                .anyMatch(line -> line.contains("several places that could be the gateway, 10.0.0.7:9000 (")
                        && line.contains("two.cfg:2), 10.0.0.8:9000 (")
                        && line.contains("write @gateway@ for the one that is"))
                .anyMatch(line -> line.contains("--front is on real sockets"))
                .anyMatch(line -> line.contains("leave one out"))
                .hasSize(7);
    }
}
