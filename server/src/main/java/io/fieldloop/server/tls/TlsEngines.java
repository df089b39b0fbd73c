package io.fieldloop.server.tls;

import java.security.SecureRandom;

/** The engines of one configuration, and the choice between them for each client. */
record TlsEngines(TlsEngine usual, TlsEngine patient) {

    static TlsEngines of(TlsConfig config, SecureRandom random, boolean seeded) {
        boolean boringSsl = config.engine() == Engine.BORINGSSL || (config.engine() == Engine.AUTO && !seeded);
        if (boringSsl) {
            try {
                BoringSslEngine usual = new BoringSslEngine(config);
                return new TlsEngines(usual, config.engine() == Engine.AUTO ? new BcEngine(config, random) : usual);
            } catch (BoringSslEngine.IncapableException e) {
                if (config.engine() == Engine.BORINGSSL) {
                    throw new IllegalArgumentException(
                            "The engine BORINGSSL cannot serve this listener: " + e.getMessage()
                                    + "; ask for AUTO or BOUNCY_CASTLE.",
                            e);
                }
            }
        }
        BcEngine bouncyCastle = new BcEngine(config, random);
        return new TlsEngines(bouncyCastle, bouncyCastle);
    }

    /** BoringSSL ignores a client that asks for shorter records, which a device short of memory does. */
    TlsEngine forClient(ClientHello hello) {
        return hello.asksMaxFragmentLength() ? patient : usual;
    }
}
