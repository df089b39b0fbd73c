package io.fieldloop.scenario.diagnose.log;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Evidence;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What lines say together that none of them says alone. */
final class Together {
    static final String ACCEPT_MISSING = FailureReason.ACCEPT_MISSING.wireName();
    private static final String UPGRADE_REFUSED = FailureReason.UPGRADE_REFUSED.wireName();

    private static final Set<String> LOST = Set.of(
            "connection-lost",
            "closed-by-server",
            "tcp-reset",
            "tcp-unreachable",
            "dns-failure",
            "tcp-timeout",
            "tcp-refused",
            "tls-eof",
            "tls-timeout",
            "upgrade-timeout",
            "pong-timeout",
            "mqtt-ping-unanswered");

    private final Timing timing = new Timing();
    private final Address address = new Address();

    void judge(Episode episode, List<Claim> claims) {
        verification(episode, claims);
        status(episode, claims);
        memory(claims);
        upgrade(episode, claims);
        hello(episode, claims);
        download(episode, claims);
        timing.judge(episode, claims);
        address.judge(episode, claims);
        network(episode, claims);
    }

    /** The bundle took the chain, and the handshake still ended at the certificate: what is left is the name. */
    private static void verification(Episode episode, List<Claim> claims) {
        List<Claim> refused = claims.stream()
                .filter(one -> one.is("certificate-name-mismatch") && one.sure() == Confidence.POSSIBLE)
                .limit(1)
                .toList();
        episode.saying("Certificate validated")
                .filter(any -> !refused.isEmpty())
                .ifPresent(validated -> {
                    String says = validated.sign().says();
                    claims.add(together("certificate-name-mismatch", Confidence.LIKELY, validated, says));
                    Evidence code = refused.get(0).evidence();
                    claims.add(new Claim("certificate-name-mismatch", Confidence.LIKELY, Claim.TOGETHER, code));
                });
    }

    /** What lacks the header is no 101, and its status says more than that, if only that it is another. */
    private static void status(Episode episode, List<Claim> claims) {
        Optional<Sighting> lacks = episode.saying("Sec-WebSocket-Accept not found");
        Optional<Sighting> refused = episode.refusal();
        if (lacks.isEmpty() || refused.isEmpty()) {
            return;
        }
        claims.removeIf(one -> one.order() == lacks.get().sign().order());
        if (claims.isEmpty()) {
            claims.add(together(UPGRADE_REFUSED, Confidence.LIKELY, refused.get(), "an answer that is no 101"));
        }
    }

    /** Who has no memory to check a certificate refuses it, and says so. */
    private static void memory(List<Claim> claims) {
        if (claims.stream().anyMatch(one -> one.is("heap-exhausted") && one.sure() == Confidence.CERTAIN)) {
            claims.removeIf(one -> one.is("certificate-untrusted"));
        }
    }

    /** No answer to the upgrade request: how it ended says why. */
    private static void upgrade(Episode episode, List<Claim> claims) {
        episode.saying("Error read response for Upgrade header").ifPresent(unread -> {
            boolean reset = episode.saying("reset").isPresent()
                    || episode.saying("error 104").isPresent();
            if (reset) {
                claims.removeIf(one -> one.is("connection-lost") || one.is("tcp-refused") || one.is("tcp-reset"));
                claims.add(together(
                        "reset-during-upgrade",
                        Confidence.CERTAIN,
                        unread,
                        "the device was waiting for the answer to its upgrade request"));
            } else if (claims.stream().noneMatch(one -> one.is("closed-during-upgrade"))) {
                claims.add(together(
                        "upgrade-timeout",
                        Confidence.LIKELY,
                        unread,
                        "no answer to the upgrade request could be read"));
            }
        });
    }

    private static void hello(Episode episode, List<Claim> claims) {
        boolean otherwise =
                !episode.reported().isEmpty() && episode.reported().stream().noneMatch(one -> one.is("hello-timeout"));
        episode.saying("Failed to receive server hello")
                .filter(any -> !otherwise)
                .ifPresent(missing -> {
                    episode.first(one -> "null".equals(one.value("name"))
                                    && one.line().message().contains("goodbye"))
                            .ifPresentOrElse(
                                    goodbye -> {
                                        claims.add(
                                                together(
                                                        "mqtt-gateway-backend",
                                                        Confidence.LIKELY,
                                                        goodbye,
                                                        "a good-bye without a session is what xiaozhi-mqtt-gateway sends when it does not reach its chat server"));
                                        claims.add(together("mqtt-gateway-backend", Confidence.LIKELY, missing, ""));
                                    },
                                    () -> claims.add(
                                            new Claim(
                                                    "hello-timeout",
                                                    Confidence.CERTAIN,
                                                    missing.sign().order(),
                                                    missing.evidence(
                                                            "the upgrade or the broker was fine, and no hello came within 10 s"),
                                                    List.of(
                                                            "the server's log at that second: a refused token or Device-Id also ends in a missing hello"))));
                });
    }

    private static void download(Episode episode, List<Claim> claims) {
        boolean broken = claims.stream().anyMatch(one -> one.is("image-invalid"));
        episode.saying("Resuming OTA at")
                .filter(any -> broken)
                .ifPresent(
                        resumed -> claims.add(
                                together(
                                        "range-not-served",
                                        Confidence.LIKELY,
                                        resumed,
                                        "the download was resumed (Range), and the image that came of it is none: the server sent the file from its start (200 and not 206)")));
    }

    /** With the network gone, whatever ends afterwards ends because of it. */
    private static void network(Episode episode, List<Claim> claims) {
        if (episode.part() == Part.NETWORK || episode.networkLost().isEmpty()) {
            return;
        }
        if (claims.stream().anyMatch(one -> LOST.contains(one.cause()))
                || episode.first(one -> one.is(Turn.LOST)).isPresent()) {
            for (Sighting lost : episode.networkLost()) {
                claims.add(together(
                        "network-lost", Confidence.CERTAIN, lost, lost.sign().says()));
            }
        }
    }

    static Claim together(String cause, Confidence sure, Sighting sighting, String says) {
        Evidence evidence = sighting.evidence(says);
        return new Claim(cause, sure, Claim.TOGETHER, evidence);
    }
}
