package io.fieldloop.scenario.model.gateway;

import io.fieldloop.scenario.model.value.Validity;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.Shorthand;
import io.fieldloop.server.pki.IntermediateRequest;
import io.fieldloop.server.pki.KeyKind;
import io.fieldloop.server.pki.SignatureHash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A certificate to be minted for the run and sent behind the server's own. */
@Doc("A certificate that is sent behind the server's own")
@Shorthand("key")
public record ChainCertificateSpec(
        @Doc("The kind of key") @Default("p256") KeyKind key,

        @Doc("First and last valid instant, as offsets from the start of the scenario") @Default("[-3650d, +7300d]")
        Validity valid,

        @Doc("What its issuer hashes it with; default: what fits the issuer's key") @Nullable
        SignatureHash signature,

        @Doc(
                "Whether it is the root itself, which signs itself: the run's, or with `defect: foreign-ca` another with such a key;"
                        + " only for the last")
        @Default("false")
        boolean root) {

    IntermediateRequest request(Instant began) {
        return new IntermediateRequest(
                key, began.plus(valid.notBefore()), began.plus(valid.notAfter()), signature, root);
    }
}
