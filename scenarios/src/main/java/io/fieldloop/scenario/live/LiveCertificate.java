package io.fieldloop.scenario.live;

import io.fieldloop.scenario.model.gateway.CertificateSpec;
import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateChain;
import java.time.Instant;
import java.util.List;

/**
 * What the gateway proves its name with, and the authority that can make another.
 *
 * @param began from when the offsets of {@code valid:} count
 */
public record LiveCertificate(
        CertificateChain chain, CertificateAuthority authority, List<String> names, Instant began) {
    /** For the names of the present one, which devices were told, and not those of a scenario's gateway. */
    CertificateChain other(CertificateSpec spec) {
        return authority.issue(spec.request(began).withNames(names));
    }
}
