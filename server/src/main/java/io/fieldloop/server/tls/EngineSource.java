package io.fieldloop.server.tls;

import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * What the engines of one listener are made from besides its configuration, and what outlives each of them.
 *
 * @param seeded whether every byte on the wire has to come from {@code random}
 */
record EngineSource(
        SecureRandom random, boolean seeded, SharedArithmetic arithmetic, InstantSource clock, TicketKeys ticketKeys) {}
