package io.fieldloop.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.KeyKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether openssl's client may take its session up again: {@code s_client -sess_out}, then {@code -sess_in}. */
final class SessionTicketOpensslTest {
    private static final String REUSED = "Reused, ";
    private static final String NEW = "New, ";

    @TempDir
    private Path directory;

    private Instant now = Fixtures.NOW;

    @BeforeAll
    static void needsOpenssl() {
        assumeTrue(OpensslClient.available(), "no openssl command on this machine");
    }

    static Stream<Arguments> enginesAndClients() {
        return Stream.of(Engine.BOUNCY_CASTLE, Engine.BORINGSSL)
                .flatMap(engine -> Stream.of("-tls1_2", "-tls1_2 -no_ticket", "-tls1_3")
                        .map(client -> Arguments.of(engine, client)));
    }

    private TlsAcceptor acceptor(TlsConfig config) {
        return new TlsAcceptor(config, Fixtures.random(2), false, SharedArithmetic.none(), () -> now);
    }

    private static TlsConfig config(Engine engine) {
        return TlsConfig.serving(Fixtures.chain(KeyKind.P256)).withEngine(engine);
    }

    private String first(EchoServer server, String client) {
        return connect(server, client, "-sess_out");
    }

    private String again(EchoServer server, String client) {
        assertThat(directory.resolve("session.pem")).exists();
        return connect(server, client, "-sess_in");
    }

    private String connect(EchoServer server, String client, String what) {
        List<String> options = new ArrayList<>(List.of(client.split(" ")));
        options.addAll(List.of(what, directory.resolve("session.pem").toString()));
        String output = OpensslClient.connect(server.port(), options.toArray(String[]::new));
        assertThat(OpensslClient.echoed(output)).as(output).isTrue();
        return output;
    }

    @ParameterizedTest
    @MethodSource("enginesAndClients")
    void aSessionIsTakenUpAgainAndSaysSo(Engine engine, String client) {
        try (EchoServer server = new EchoServer(acceptor(config(engine)))) {
            assertThat(first(server, client)).contains(NEW);
            assertThat(again(server, client)).contains(REUSED);
            assertThat(again(server, client)).contains(REUSED);
            assertThat(server.observer.told.get(0)).startsWith("established").doesNotEndWith("resumed");
            assertThat(server.observer.told.get(1)).endsWith("resumed");
            assertThat(server.escaped).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("enginesAndClients")
    void whoeverTakesNothingUpAgainSaysNothingOfIt(Engine engine, String client) throws Exception {
        try (EchoServer server = new EchoServer(acceptor(config(engine).withTickets(TicketConfig.NONE)))) {
            first(server, client);
            if (Files.exists(directory.resolve("session.pem"))) {
                assertThat(again(server, client)).contains(NEW);
            }
            assertThat(server.observer.told).noneMatch(told -> told.endsWith("resumed"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BOUNCY_CASTLE", "BORINGSSL"})
    void oneVersionCanHaveTicketsAndTheOtherNone(Engine engine) {
        TicketConfig tls12 = TicketConfig.USUAL.withVersions(Set.of(TlsVersion.TLSv1_2));
        try (EchoServer server = new EchoServer(acceptor(config(engine).withTickets(tls12)))) {
            first(server, "-tls1_2");
            assertThat(again(server, "-tls1_2")).contains(REUSED);
            String output = OpensslClient.connect(
                    server.port(),
                    "-tls1_3",
                    "-sess_out",
                    directory.resolve("other").toString());
            assertThat(OpensslClient.echoed(output)).isTrue();
            assertThat(output).doesNotContain("New Session Ticket arrived");
        }
    }

    @ParameterizedTest
    @MethodSource("enginesAndClients")
    void anotherServersTicketMeansAFullHandshake(Engine engine, String client) {
        try (EchoServer before = new EchoServer(acceptor(config(engine)))) {
            first(before, client);
        }
        TlsAcceptor restarted =
                new TlsAcceptor(config(engine), Fixtures.random(3), false, SharedArithmetic.none(), () -> now);
        try (EchoServer server = new EchoServer(restarted)) {
            assertThat(again(server, client)).contains(NEW);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BOUNCY_CASTLE", "BORINGSSL"})
    void aTicketOutlivesTheCertificate(Engine engine) {
        TlsAcceptor acceptor = acceptor(config(engine));
        CertificateChain renewed = Fixtures.chain(Fixtures.authority(99), KeyKind.P256, "elsewhere.test");
        for (String client : List.of("-tls1_2", "-tls1_3")) {
            try (EchoServer server = new EchoServer(acceptor)) {
                first(server, client);
                acceptor.swap(Map.of(TlsConfig.DEFAULT_NAME, renewed));
                assertThat(again(server, client)).as(client).contains(REUSED);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BOUNCY_CASTLE", "BORINGSSL"})
    void aTicketOfTheKeyBeforeIsGoodAndOneOfTheKeyBeforeThatIsNot(Engine engine) {
        Duration keyLifetime = TicketConfig.USUAL.keyLifetime();
        TlsConfig config = config(engine);
        for (String client : List.of("-tls1_2", "-tls1_3")) {
            try (EchoServer server = new EchoServer(acceptor(config))) {
                first(server, client);
                Instant given = now;
                now = given.plus(Duration.ofMinutes(90));
                assertThat(again(server, client)).as(client).contains(REUSED);
                now = given.plus(keyLifetime.multipliedBy(2));
                assertThat(again(server, client)).as(client).contains(NEW);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsVersion.class,
            names = {"TLSv1_2", "TLSv1_3"})
    void aTicketIsGoodForItsLifetimeAndNoLonger(TlsVersion version) {
        String client = version == TlsVersion.TLSv1_2 ? "-tls1_2" : "-tls1_3";
        TicketConfig tenMinutes = new TicketConfig(Set.of(version), Duration.ofMinutes(10), Duration.ofHours(1));
        try (EchoServer server =
                new EchoServer(acceptor(config(Engine.BOUNCY_CASTLE).withTickets(tenMinutes)))) {
            assertThat(first(server, client)).contains("ticket lifetime hint: 600");
            now = now.plus(Duration.ofMinutes(9));
            assertThat(again(server, client)).contains(REUSED);
            now = now.plus(Duration.ofMinutes(1));
            assertThat(again(server, client)).contains(NEW);
        }
    }
}
