package io.fieldloop.scenario.model.gateway;

import io.fieldloop.scenario.shape.annotation.Doc;

/** How an RSA key signs a handshake of TLS 1.2; in TLS 1.3 there is PSS alone. */
public enum RsaSignature {
    @Doc("PKCS#1 v1.5, which every client takes")
    PKCS1,
    @Doc("PSS for a client that offers it, as OpenSSL does, else PKCS#1 v1.5")
    PSS;
}
