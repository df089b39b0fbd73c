package io.fieldloop.scenario.model.gateway;

import io.fieldloop.scenario.model.value.Validity;
import io.fieldloop.scenario.shape.Kebab;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.NotEmpty;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import io.fieldloop.server.pki.CertificateRequest;
import io.fieldloop.server.pki.Defect;
import io.fieldloop.server.pki.IntermediateRequest;
import io.fieldloop.server.pki.KeyKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

        @Doc(
                "What is sent behind it, from the one that signed it upwards; `[]` for one that a root has signed; default: one"
                        + " intermediate, or what the defect says")
        @Nullable
        List<ChainCertificateSpec> chain,

        SourcePosition position) {
    public CertificateSpec {
        names = List.copyOf(names);
        chain = chain == null ? null : List.copyOf(chain);
        if (chain != null && defect.makesTheChain()) {
            throw new IllegalArgumentException("has a chain and the defect " + Kebab.of(defect)
                    + ", which says itself what is sent; leave one of them out");
        }
        if (chain != null && chain.stream().limit(Math.max(0, chain.size() - 1)).anyMatch(ChainCertificateSpec::root)) {
            throw new IllegalArgumentException("has a root in its chain that is not the last of it");
        }
    }

    /** What an authority is asked for in a run that began then. */
    public CertificateRequest request(Instant began) {
        List<IntermediateRequest> above = chain == null
                ? null
                : chain.stream().map(one -> one.request(began)).toList();
        return new CertificateRequest(
                names, began.plus(valid.notBefore()), began.plus(valid.notAfter()), key, defect, above);
    }
}
