package io.fieldloop.scenario.model.gateway;

import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.NotEmpty;
import io.fieldloop.server.tls.TicketConfig;
import io.fieldloop.server.tls.TlsVersion;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/** Session tickets a gateway gives and takes. */
@Doc(
        "Session tickets it gives, and takes from devices that keep them; a restart forgets their key, a new certificate does not")
public record TicketSpec(
        @Doc("The TLS versions that have them") @Default("[TLSv1.2, TLSv1.3]") @NotEmpty
        List<TlsVersion> versions,

        @Doc("How long one is good for") @Default("2h") Duration lifetime,

        @Doc("After which new ones have another key; those of the key before are good for as long again")
        @Default("12h")
        Duration keyLifetime) {
    public TicketSpec {
        versions = List.copyOf(versions);
        // Knows what fits.
        new TicketConfig(EnumSet.copyOf(versions), lifetime, keyLifetime);
    }

    /** The same for the gateway. */
    public TicketConfig config() {
        return new TicketConfig(EnumSet.copyOf(versions), lifetime, keyLifetime);
    }
}
