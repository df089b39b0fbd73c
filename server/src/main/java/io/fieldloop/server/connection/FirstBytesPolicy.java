package io.fieldloop.server.connection;

import io.fieldloop.server.event.RefusalReason;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How long first bytes are waited for, and what is answered to the wrong ones.
 *
 * @param firstByte until the first byte
 * @param tlsHandshake from the first byte on a TLS port to established TLS
 * @param request from the first byte of what is not TLS to the end of the request
 * @param answers what is said to a refused client; null for nothing
 */
public record FirstBytesPolicy(
        Duration firstByte,
        Duration tlsHandshake,
        Duration request,
        Function<RefusalReason, @Nullable Answer> answers) {}
