package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.Default;
import io.fieldloop.scenario.shape.Doc;
import io.fieldloop.scenario.shape.NotEmpty;
import io.fieldloop.scenario.shape.SourcePosition;
import io.fieldloop.server.pki.CertificateRequest;
import io.fieldloop.server.pki.Defect;
import io.fieldloop.server.pki.KeyKind;
import java.time.Instant;
import java.util.List;

/** A certificate to be minted for the run. */
@Doc("A certificate, minted for the run and never stored")
public record CertificateSpec(
        @Doc("First and last valid instant, as offsets from the start of the scenario") @Default("[-1d, +90d]")
        Validity valid,

        @Doc("What is wrong with it, or odd about its chain") @Default("none")
        Defect defect,

        @Doc("The kind of key") @Default("p256") KeyKind key,

        @Doc("Host names it is for") @Default("[gateway.test]") @NotEmpty
        List<String> names,

        SourcePosition position) {
    public CertificateSpec {
        names = List.copyOf(names);
    }

    /** What an authority is asked for in a run that began then. */
    public CertificateRequest request(Instant began) {
        return new CertificateRequest(names, began.plus(valid.notBefore()), began.plus(valid.notAfter()), key, defect);
    }
}
