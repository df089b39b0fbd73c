package io.fieldloop.scenario.rig.virtual;

import io.fieldloop.device.tls.crypto.SharedArithmetic;

/**
 * What the cases of one suite need not do twice in virtual time; without any influence on what they come to.
 *
 * @param certificates minted for the gateways
 * @param devices the arithmetic of their handshakes
 * @param gateways the same at the other end
 */
public record SharedWork(
        MintedCertificates certificates, SharedArithmetic devices, io.fieldloop.server.tls.SharedArithmetic gateways) {
    SharedWork() {
        this(
                new MintedCertificates(),
                SharedArithmetic.remembering(),
                io.fieldloop.server.tls.SharedArithmetic.remembering());
    }
}
