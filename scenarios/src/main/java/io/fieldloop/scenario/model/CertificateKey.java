package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.Doc;

/** The key a certificate is for. */
public enum CertificateKey {
    @Doc("P-256")
    EC,
    @Doc("2048 bits")
    RSA;
}
