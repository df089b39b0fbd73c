package io.fieldloop.server.websocket;

import io.fieldloop.server.event.RefusalReason;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Judges a request by the rules of one stance. */
interface UpgradeChecker {
    /**
     * Decides on a request.
     *
     * @param sourceRefusal what is held against the source address, if anything
     * @param banLeft how long that will last
     */
    Decision check(HttpRequest request, Optional<RefusalReason> sourceRefusal, Duration banLeft, Instant now);

    /** What to do with a request that could not be parsed or is over a limit. */
    Decision.Refuse unreadable(RefusalReason reason);
}
