package io.fieldloop.scenario.diagnose.log;

import static io.fieldloop.scenario.diagnose.log.Together.together;

import io.fieldloop.scenario.diagnose.Confidence;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the address that a device was given says about its failure. */
final class Address {
    private static final Set<String> UNREACHED =
            Set.of("tcp-refused", "tcp-timeout", "dns-failure", "tls-timeout", "network-lost");
    private static final Pattern NUMERIC = Pattern.compile("[\\d.:]+");
    private static final Pattern IPV4 = Pattern.compile("(?:\\d{1,3}\\.){3}\\d{1,3}(?::\\d{1,5})?");
    private static final Pattern OWN =
            Pattern.compile("(?:127\\.|0\\.0\\.0\\.0|localhost|172\\.1[7-9]\\.|host\\.docker).*");

    void judge(Episode episode, List<Claim> claims) {
        String authority = episode.authority();
        Optional<Sighting> place = episode.first(one -> one.value("url") != null || one.value("host") != null);
        if (authority.isEmpty()
                || place.isEmpty()
                || claims.stream().noneMatch(one -> UNREACHED.contains(one.cause()))) {
            return;
        }
        if (NUMERIC.matcher(authority).matches() && !IPV4.matcher(authority).matches()) {
            claims.add(together(
                    "address-mistyped",
                    Confidence.LIKELY,
                    place.get(),
                    authority + " is no address; a colon or a dot is in the wrong place"));
        } else if (OWN.matcher(authority).matches()) {
            claims.add(together(
                    "private-address",
                    Confidence.LIKELY,
                    place.get(),
                    authority + " is the device itself, or inside a container"));
        }
    }
}
