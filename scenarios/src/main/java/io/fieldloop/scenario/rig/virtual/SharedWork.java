package io.fieldloop.scenario.rig.virtual;

/**
 * What the cases of one suite need not do twice in virtual time; without any influence on what they come to.
 *
 * @param certificates minted for the gateways
 * @param arithmetic of handshakes, at both ends
 */
public record SharedWork(MintedCertificates certificates, RememberedArithmetic arithmetic) {
    SharedWork() {
        this(new MintedCertificates(), new RememberedArithmetic());
    }
}
