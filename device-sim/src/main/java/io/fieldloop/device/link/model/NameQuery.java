package io.fieldloop.device.link.model;

import io.fieldloop.device.link.profile.Access;
import java.time.Duration;
import java.util.OptionalLong;

/** What becomes of the question for a host's address. A name that is answered in time costs none. */
public final class NameQuery {
    // lwIP asks again after 1, 1, 2 and 3 s and then gives up (dns.c, DNS_MAX_RETRIES 4).
    private static final Duration QUERIES_LAST = Duration.ofSeconds(7);

    private NameQuery() {}

    /** After how many nanoseconds it fails, if it does; an answer that comes after the last query was given up on is none. */
    public static OptionalLong failsAfterNanos(Access.Names names, long roundTripNanos) {
        if (names == Access.Names.SILENT || roundTripNanos >= QUERIES_LAST.toNanos()) {
            return OptionalLong.of(QUERIES_LAST.toNanos());
        }
        return names == Access.Names.FAILING ? OptionalLong.of(roundTripNanos) : OptionalLong.empty();
    }
}
