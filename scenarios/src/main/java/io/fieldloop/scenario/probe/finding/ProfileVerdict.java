package io.fieldloop.scenario.probe.finding;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of device got on with the server, as its simulation really tried.
 *
 * @param elapsed from the user's wish to the hello or the failure
 * @param tls version and suite it got; null without TLS or before it
 * @param reason the word of the failure vocabulary; null where it connects
 * @param because what about the server made it fail; null where it connects
 * @param code what the device logs as a code
 * @param log the lines in which its console tells of the failure
 */
public record ProfileVerdict(
        String profile,
        String purpose,
        boolean connects,
        Duration elapsed,
        @Nullable String tls,
        @Nullable String reason,
        @Nullable String phase,
        @Nullable String because,
        @Nullable String code,
        List<String> log) {}
