package io.fieldloop.scenario.diagnose.log;

import static io.fieldloop.scenario.diagnose.log.Together.together;

import io.fieldloop.scenario.diagnose.Confidence;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the time says that something took.
 *
 * <p>The limits are those of ESP-IDF and the libraries (10 s for the connection attempt and for TLS, about 18.5 s for lwIP's
 * retransmissions of the SYN) and of servers: silence of 60 s (nginx), 30 s (HAProxy), pings of Python websockets (20 s and 20 s more).
 */
final class Timing {
    private static final Set<String> TLS_TAGS = Set.of("EspSsl", "TlsTransport", "Ml307SslTransport");
    private static final Set<String> CONNECTING = Set.of("tcp-timeout", "tcp-refused", "tls-timeout", "dns-failure");
    private static final Set<String> VAGUE = Set.of("connection-lost", "closed-by-server");

    /** A refusal takes a round trip; firmware that gives up later than this waited for something. */
    private static final long REFUSED_AT_ONCE_MILLIS = 3_000;

    void judge(Episode episode, List<Claim> claims) {
        if (claims.stream().noneMatch(one -> one.sure() != Confidence.POSSIBLE)) {
            handshake(episode, claims);
            connect(episode, claims);
        }
        silence(episode, claims);
        tooEarlyForPings(episode, claims);
        neverOpen(episode, claims);
        acceptedThenDropped(episode, claims);
    }

    private static void handshake(Episode episode, List<Claim> claims) {
        episode.saying("WebSocket handshake failed").ifPresent(failed -> {
            Long took = took(episode.begin(), failed);
            if (took == null) {
                claims.add(candidate("upgrade-refused", failed, took));
                claims.add(candidate("upgrade-timeout", failed, took));
            } else if (isAbout(took, 10_000)) {
                claims.add(
                        together(
                                "upgrade-timeout",
                                Confidence.LIKELY,
                                failed,
                                "after " + seconds(took)
                                        + ": the limit for the answer to the upgrade request; older firmware says \"failed\" of it too"));
            } else {
                claims.add(together(
                        "upgrade-refused",
                        Confidence.LIKELY,
                        failed,
                        "after " + seconds(took) + ": an answer that was not 101"));
            }
        });
    }

    /** A failure whose line has no code, or one that fits several. */
    private static void connect(Episode episode, List<Claim> claims) {
        Optional<Sighting> fails = episode.first(one -> one.is(Turn.FAILS));
        boolean other = !claims.isEmpty() && claims.stream().noneMatch(one -> CONNECTING.contains(one.cause()));
        if (fails.isEmpty() || other || episode.saying("handshake").isPresent()) {
            return;
        }
        Sighting failed = fails.get();
        Long took = took(episode.begin(), failed);
        Optional<Sighting> overTls =
                episode.first(one -> TLS_TAGS.contains(one.line().tag()));
        if (overTls.isPresent()
                && (episode.url().startsWith("ws:") || episode.url().startsWith("http:"))) {
            claims.add(together(
                    "tls-chosen-by-port",
                    Confidence.LIKELY,
                    overTls.get(),
                    "a TLS transport, for a URL that asks for none: " + episode.url()));
        }
        if (took == null) {
            bare(failed, took, claims);
        } else if (isAbout(took, 10_000)) {
            String says = "after " + seconds(took)
                    + ": the limit of the connection attempt and of TLS (10 s); silence, not a refusal";
            claims.add(together("tcp-timeout", Confidence.LIKELY, failed, says));
            if (overTls.isPresent() || !episode.url().startsWith("ws:")) {
                claims.add(together("tls-timeout", Confidence.LIKELY, failed, says));
            }
            if (episode.part() == Part.MQTT) {
                claims.add(together("connack-timeout", Confidence.LIKELY, failed, says));
            }
        } else if (took >= 17_000 && took <= 20_500 && !isOfModem(episode)) {
            claims.add(together(
                    "tcp-timeout",
                    Confidence.LIKELY,
                    failed,
                    "after " + seconds(took) + ": lwIP gives up a SYN that nobody answers after about 18.5 s"));
        } else if (took < REFUSED_AT_ONCE_MILLIS
                && overTls.isEmpty()
                && claims.isEmpty()
                && !episode.url().isEmpty()) {
            claims.add(together(
                    "tcp-refused",
                    Confidence.LIKELY,
                    failed,
                    "after " + seconds(took) + ": somebody refused; silence takes 10 s or more"));
        } else {
            bare(failed, took, claims);
        }
    }

    private static void bare(Sighting failed, @Nullable Long took, List<Claim> claims) {
        if (!claims.isEmpty()) {
            return;
        }
        if (took == null || took < REFUSED_AT_ONCE_MILLIS) {
            claims.add(candidate("tcp-refused", failed, took));
        }
        for (String cause : List.of("tcp-timeout", "tls-timeout", "dns-failure")) {
            claims.add(candidate(cause, failed, took));
        }
    }

    /** A modem has TCP of its own, with limits of its own. */
    private static boolean isOfModem(Episode episode) {
        return episode.first(one ->
                        one.line().tag().startsWith("Ml307") || one.line().tag().startsWith("Ec801"))
                .isPresent();
    }

    private static Claim candidate(String cause, Sighting failed, @Nullable Long took) {
        return new Claim(
                cause,
                Confidence.POSSIBLE,
                failed.sign().order(),
                failed.evidence(
                        "it failed" + (took == null ? "" : " after " + seconds(took)) + ", and no line says why"),
                List.of(
                        took == null
                                ? "how long it took (refused: at once; silence: 10 s or 18.5 s), and the lines of esp-tls before it"
                                : "the lines of esp-tls before it"));
    }

    /** Python websockets pings after 20 s, and ends it 20 s later. */
    private static void tooEarlyForPings(Episode episode, List<Claim> claims) {
        Long lived = episode.first(one -> one.is(Turn.LOST))
                .map(lost -> took(episode.online(), lost))
                .orElse(null);
        List<Claim> early = lived == null || lived >= 20_000
                ? List.of()
                : claims.stream().filter(one -> one.is("keepalive-cut")).toList();
        claims.removeAll(early);
        early.forEach(
                one -> claims.add(new Claim("closed-by-server", Confidence.LIKELY, Claim.TOGETHER, one.evidence())));
    }

    /** The handler of the Arduino examples says the same of what ended and of what never began, and no more. */
    private static void neverOpen(Episode episode, List<Claim> claims) {
        List<Sighting> lost = episode.sightings().stream()
                .filter(one -> one.line().message().contains("[WSc] Disconnected"))
                .toList();
        if (lost.size() < 2 || episode.online() != null || !claims.isEmpty()) {
            return;
        }
        for (String cause : List.of("tcp-refused", "tcp-timeout", "upgrade-refused", "closed-by-server")) {
            claims.add(
                    new Claim(
                            cause,
                            Confidence.POSSIBLE,
                            lost.get(1).sign().order(),
                            lost.get(1).evidence("no line says that it was open between, and none says why"),
                            List.of(
                                    "the lines [WS-Client] that a build with -DDEBUG_ESP_PORT=Serial prints (DEBUG_WEBSOCKETS)")));
        }
    }

    /** How long the channel had been silent when it ended. */
    private static void silence(Episode episode, List<Claim> claims) {
        Sighting traffic = episode.lastTraffic();
        Optional<Sighting> lost = episode.first(one -> one.is(Turn.LOST));
        boolean vague = claims.stream().allMatch(one -> VAGUE.contains(one.cause()));
        if (traffic == null
                || !episode.networkLost().isEmpty()
                || lost.isEmpty()
                || !vague
                || episode.part() != Part.CHANNEL) {
            return;
        }
        Long silent = took(traffic, lost.get());
        if (silent == null) {
            return;
        }
        String says = "after " + seconds(silent) + " without a message (line "
                + traffic.line().number() + " is the last)";
        String cause = silent >= 58_500 && silent <= 61_500
                ? "proxy-idle-60"
                : silent >= 29_000 && silent <= 31_500
                        ? "proxy-idle-30"
                        : silent >= 38_500 && silent <= 42_000
                                ? "keepalive-cut"
                                : silent >= 118_000 && silent <= 131_000 ? "silence-limit" : "";
        if (!cause.isEmpty()) {
            claims.add(together(cause, Confidence.LIKELY, lost.get(), says));
        } else if (claims.isEmpty()) {
            claims.add(new Claim(
                    "closed-by-server",
                    Confidence.POSSIBLE,
                    lost.get().sign().order(),
                    lost.get().evidence("it ended " + says),
                    List.of("the server's log at that second")));
            claims.add(new Claim(
                    "connection-lost",
                    Confidence.POSSIBLE,
                    lost.get().sign().order(),
                    lost.get().evidence("it ended " + says)));
        }
    }

    /** xiaozhi-mqtt-gateway answers CONNACK 0 before it looks at the credentials. */
    private static void acceptedThenDropped(Episode episode, List<Claim> claims) {
        Optional<Sighting> lost = episode.first(one -> one.is(Turn.LOST));
        if (episode.part() != Part.MQTT || episode.online() == null || lost.isEmpty() || !claims.isEmpty()) {
            return;
        }
        Long lived = took(episode.online(), lost.get());
        if (lived != null && lived < 3_000 && episode.saying("Session ID").isEmpty()) {
            claims.add(together(
                    "refused-after-connack",
                    Confidence.LIKELY,
                    lost.get(),
                    "ended " + seconds(lived) + " after the broker had accepted it (CONNACK 0)"));
            claims.add(together(
                    "session-taken-over",
                    Confidence.LIKELY,
                    lost.get(),
                    "the same happens when another device has the same client identifier"));
            return;
        }
        for (String cause : List.of("connection-lost", "closed-by-server")) {
            claims.add(new Claim(
                    cause,
                    Confidence.POSSIBLE,
                    lost.get().sign().order(),
                    lost.get().evidence("it ended, and no line says why"),
                    List.of(
                            "the broker's log at that second",
                            "the lines of mqtt_client and transport_base at level E")));
        }
    }

    private static @Nullable Long took(@Nullable Sighting from, Sighting to) {
        return from == null || !from.line().isTimed() || !to.line().isTimed()
                ? null
                : to.line().millis() - from.line().millis();
    }

    private static boolean isAbout(long millis, long expected) {
        return millis >= expected - 500 && millis <= expected + 900;
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
