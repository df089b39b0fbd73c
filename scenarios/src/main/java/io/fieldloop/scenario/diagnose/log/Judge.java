package io.fieldloop.scenario.diagnose.log;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.CauseText;
import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.number.Meaning;
import io.fieldloop.scenario.diagnose.number.NumberSpace;
import io.fieldloop.scenario.diagnose.number.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says why an episode ended: what its lines claim each, what they say together, and what remains where some are sure. */
final class Judge {
    private static final int EVIDENCE_MAX = 4;

    /** Spaces in which one number has one cause beyond doubt. */
    private static final Set<NumberSpace> OUTRIGHT = Set.of(
            NumberSpace.MBEDTLS,
            NumberSpace.BEARSSL,
            NumberSpace.TLS_ALERT,
            NumberSpace.HTTP,
            NumberSpace.MQTT_CONNACK);

    /** What dictionaries make of a number of TLS that they do not know. */
    private static final String UNNAMED = FailureReason.HANDSHAKE_FAILURE.wireName();

    private static final List<String> NUMBER_TELLS =
            List.of("mbedTLS debug output (CONFIG_MBEDTLS_DEBUG, level 3), which names the function that failed");

    private static final List<String> END_TELLS = List.of("the server's log at that second");

    /** ESP_ERR_MBEDTLS_SSL_HANDSHAKE_FAILED. */
    private static final String ANY_HANDSHAKE = "0x801A";

    private final CauseTexts texts;
    private final Numbers numbers;
    private final Together together = new Together();

    Judge(CauseTexts texts, Numbers numbers) {
        this.texts = texts;
        this.numbers = numbers;
    }

    /** The most probable cause first; none where nothing speaks for any. */
    List<Cause> causes(Episode episode) {
        List<Claim> claims = new ArrayList<>();
        boolean named = episode.sightings().stream()
                .flatMap(one -> meaning(one).stream())
                .anyMatch(Judge::isOfTls);
        episode.sightings().stream()
                .filter(one ->
                        !named || meaning(one).filter(Judge::isAnyHandshake).isEmpty())
                .forEach(sighting -> claims.addAll(claims(sighting)));
        together.judge(episode, claims);
        addReported(episode, claims);
        claims.sort(Comparator.comparing(Claim::sure).thenComparing(Claim::order));
        Confidence best = claims.isEmpty() ? Confidence.POSSIBLE : claims.get(0).sure();
        Map<String, List<Claim>> byCause = new LinkedHashMap<>();
        claims.stream()
                .filter(claim -> best == Confidence.POSSIBLE || claim.sure() != Confidence.POSSIBLE)
                .filter(claim -> best != Confidence.CERTAIN || claim.sure() == best || claim.order() == Claim.TOGETHER)
                .forEach(claim -> byCause.computeIfAbsent(claim.cause(), any -> new ArrayList<>())
                        .add(claim));
        return byCause.values().stream().map(Judge::cause).toList();
    }

    private static boolean isOfTls(Meaning number) {
        return number.space() == NumberSpace.MBEDTLS && !number.causes().isEmpty();
    }

    /** That a handshake failed says nothing beside the number it failed with. */
    private static boolean isAnyHandshake(Meaning number) {
        return number.code().equals(ANY_HANDSHAKE);
    }

    private static Cause cause(List<Claim> claims) {
        Set<Evidence> evidence = new LinkedHashSet<>();
        Set<String> tells = new LinkedHashSet<>();
        for (Claim claim : claims) {
            if (evidence.stream()
                    .noneMatch(one -> one.place().equals(claim.evidence().place()))) {
                evidence.add(claim.evidence());
            }
            tells.addAll(claim.tells());
        }
        List<Evidence> shown = evidence.stream().limit(EVIDENCE_MAX).toList();
        return new Cause(claims.get(0).cause(), claims.get(0).sure(), shown, List.copyOf(tells));
    }

    /** What one line says by itself: the sign's causes, and those of the numbers it shows. */
    List<Claim> claims(Sighting sighting) {
        List<Claim> claims = new ArrayList<>();
        Sign sign = sighting.sign();
        Optional<Meaning> meaning = meaning(sighting);
        String says = says(sighting);
        for (String cause : sign.causes()) {
            claims.add(new Claim(cause, sign.sure(), sign.order(), sighting.evidence(says), sign.tells()));
        }
        meaning.ifPresent(number -> number.causes()
                .forEach(cause -> claims.add(new Claim(
                        cause, sure(number), sign.order(), sighting.evidence(number.text()), tells(number)))));
        return claims;
    }

    /** What a line says, in words. */
    String says(Sighting sighting) {
        return sighting.sign().says().isEmpty()
                ? meaning(sighting).map(Meaning::text).orElse("")
                : sighting.sign().says();
    }

    private static Confidence sure(Meaning number) {
        if (number.causes().size() > 1) {
            return Confidence.POSSIBLE;
        }
        return OUTRIGHT.contains(number.space()) ? Confidence.CERTAIN : Confidence.LIKELY;
    }

    private static List<String> tells(Meaning number) {
        return switch (number.code()) {
            case "-0x2700" ->
                List.of(
                        "the lines \"verification info\" that ESP-IDF prints at level I (esp-tls-mbedtls), or the flags: 0x01 expired, 0x04 name, 0x08 untrusted, 0x200 not yet valid");
            case "0x8006" ->
                List.of(
                        "the line of esp-tls before: \"select() timeout\" is the connection attempt, \"Failed to open new connection in specified timeout\" is TLS");
            case ANY_HANDSHAKE ->
                List.of("the line \"mbedtls_ssl_handshake returned -0x....\" before it (esp-tls-mbedtls)");
            case "-0x7780" ->
                List.of(
                        "the alert's number: CONFIG_MBEDTLS_DEBUG at level 2 prints \"is a fatal alert message (msg N)\"; the server's log has it too");
            default -> List.of();
        };
    }

    /** What the number in a line means, whoever counts in it. */
    Optional<Meaning> meaning(Sighting sighting) {
        String alert = sighting.value("alert");
        String status = sighting.value("status");
        String code = sighting.value("code");
        NumberSpace space = sighting.sign().space();
        if (alert != null) {
            return numbers.of(NumberSpace.TLS_ALERT, alert);
        } else if (status != null) {
            return numbers.of(NumberSpace.HTTP, status);
        } else if (code == null) {
            return Optional.empty();
        }
        if (space == null) {
            return numbers.ofError(code);
        }
        Optional<Meaning> meaning = numbers.of(space, code);
        // mbedTLS 4 returns PSA's numbers where 3.x had its own
        return meaning.isEmpty() && space == NumberSpace.MBEDTLS ? numbers.of(NumberSpace.PSA, code) : meaning;
    }

    /** The dictionary's reason counts where the signs did not say better. */
    private void addReported(Episode episode, List<Claim> claims) {
        Set<String> reasons = new LinkedHashSet<>();
        boolean certain = false;
        for (Claim claim : claims) {
            certain |= claim.sure() == Confidence.CERTAIN;
            CauseText text = texts.of(claim.cause());
            reasons.add(text.reason() == null ? text.word() : text.reason());
        }
        boolean alone = claims.isEmpty();
        for (Claim claim : episode.reported()) {
            // By itself it does not say which end ended the channel.
            if (alone && claim.evidence().shown().contains("Websocket disconnected")) {
                claims.add(claim.possible(END_TELLS));
                claims.add(new Claim(
                        "connection-lost", Confidence.POSSIBLE, Claim.DICTIONARY, claim.evidence(), END_TELLS));
                continue;
            }
            boolean outdone =
                    claim.is(Together.ACCEPT_MISSING) && episode.refusal().isPresent();
            if (!reasons.contains(claim.cause()) && !certain && !outdone) {
                claims.add(claim.is(UNNAMED) && hasUnknownNumber(episode) ? claim.possible(NUMBER_TELLS) : claim);
            }
        }
    }

    private boolean hasUnknownNumber(Episode episode) {
        return episode.sightings().stream()
                .anyMatch(one ->
                        meaning(one).filter(number -> number.causes().isEmpty()).isPresent());
    }
}
