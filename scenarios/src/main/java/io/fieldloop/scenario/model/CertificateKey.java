package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.Doc;
import java.util.Locale;

/** The key a certificate is for. */
public enum CertificateKey {
    @Doc("P-256")
    EC,
    @Doc("2048 bits")
    RSA;

    /** The word in the file. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
