package io.fieldloop.server.tls;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which sessions a listener takes up again without a full handshake: tickets and session ids of TLS 1.2, pre-shared keys of TLS 1.3.
 *
 * <p>A listener that asks clients for a certificate gives no tickets, since one would outlive the certificate.
 *
 * @param versions those whose sessions are; empty for none
 * @param lifetime how long a ticket is good for, counted from when it was given; a session taken up again gets no new lease in TLS 1.2
 * @param keyLifetime after which tickets are sealed with a new key; the one before still opens as long again
 */
public record TicketConfig(Set<TlsVersion> versions, Duration lifetime, Duration keyLifetime) {
    /** RFC 8446 4.6.1: no longer than that. */
    private static final Duration LIFETIME_MAX = Duration.ofDays(7);

    /** Takes nothing up again. */
    public static final TicketConfig NONE = new TicketConfig(Set.of(), Duration.ofHours(2), Duration.ofHours(12));

    /** What most servers do. */
    public static final TicketConfig USUAL = NONE.withVersions(EnumSet.of(TlsVersion.TLSv1_2, TlsVersion.TLSv1_3));

    public TicketConfig {
        versions = versions.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(versions));
        if (lifetime.compareTo(Duration.ofSeconds(1)) < 0 || lifetime.compareTo(LIFETIME_MAX) > 0) {
            throw new IllegalArgumentException("A session ticket lives between a second and seven days.");
        }
        if (keyLifetime.compareTo(lifetime) < 0) {
            throw new IllegalArgumentException("The key of session tickets lives as long as they do, or longer.");
        }
    }

    public TicketConfig withVersions(Set<TlsVersion> other) {
        return new TicketConfig(other, lifetime, keyLifetime);
    }
}
