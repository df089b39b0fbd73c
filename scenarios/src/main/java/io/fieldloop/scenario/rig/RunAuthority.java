package io.fieldloop.scenario.rig;

import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.CertificateRequest;
import java.security.cert.X509Certificate;

/** Who certifies the gateway of one run. */
public interface RunAuthority {
    /** The trust anchor of the run's devices. */
    X509Certificate root();

    CertificateChain issue(CertificateRequest request);

    static RunAuthority of(CertificateAuthority authority) {
        return new RunAuthority() {
            @Override
            public X509Certificate root() {
                return authority.root();
            }

            @Override
            public CertificateChain issue(CertificateRequest request) {
                return authority.issue(request);
            }
        };
    }
}
