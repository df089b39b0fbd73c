package io.fieldloop.scenario.probe.finding;

import java.util.List;

/**
 * The certificates the server sends, leaf first, and what is wrong with them.
 *
 * @param bytes of all certificates together
 * @param trusted whether they lead to a root that devices know, whatever the dates
 * @param roots which roots these are
 * @param defects one sentence each, the worst first; empty for a sound chain
 */
public record ChainFinding(
        List<CertificateFinding> certificates,
        int bytes,
        boolean trusted,
        String roots,
        boolean namesHost,
        long leafDaysLeft,
        List<String> defects) {
    public CertificateFinding leaf() {
        return certificates.get(0);
    }
}
