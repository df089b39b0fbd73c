package io.fieldloop.server.tls;

import java.security.SecureRandom;

/** The engines of one configuration, and the choice between them. */
record TlsEngines(TlsEngine usual, TlsEngine patient) {

    static TlsEngines of(TlsConfig config, SecureRandom random, boolean seeded) {
        BcEngine bouncyCastle = new BcEngine(config, random);
        return new TlsEngines(bouncyCastle, bouncyCastle);
    }

    TlsEngine forClient(ClientHello hello) {
        return hello.asksMaxFragmentLength() ? patient : usual;
    }
}
