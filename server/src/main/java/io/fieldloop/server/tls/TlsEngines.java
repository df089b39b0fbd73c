package io.fieldloop.server.tls;

/**
 * The engines of one configuration, and the choice between them for each client.
 *
 * @param described the usual one, and why it is not BoringSSL
 */
record TlsEngines(TlsEngine usual, TlsEngine fullFeatured, SharedSuites suites, String described) {

    static TlsEngines of(TlsConfig config, EngineSource source) {
        SharedSuites suites = new SharedSuites(config);
        String why = "";
        boolean boringSsl = config.engine() == Engine.BORINGSSL || (config.engine() == Engine.AUTO && !source.seeded());
        if (boringSsl) {
            try {
                BoringSslEngine usual = new BoringSslEngine(config, source);
                TlsEngine fullFeatured = config.engine() == Engine.AUTO ? new BcEngine(config, source) : usual;
                return new TlsEngines(usual, fullFeatured, suites, "BoringSSL");
            } catch (BoringSslEngine.IncapableException e) {
                if (config.engine() == Engine.BORINGSSL) {
                    throw new IllegalArgumentException(
                            "The engine BORINGSSL cannot serve this listener: " + e.getMessage()
                                    + "; ask for AUTO or BOUNCY_CASTLE.",
                            e);
                }
                why = ": " + e.getMessage();
            }
        }
        BcEngine bouncyCastle = new BcEngine(config, source);
        return new TlsEngines(bouncyCastle, bouncyCastle, suites, "Bouncy Castle" + why);
    }

    /**
     * BoringSSL ignores a client that asks for shorter records, which a device short of memory does; and it tells a client whose suites do
     * not go with the certificate of an internal error (alert 80), where every other server says handshake_failure (40).
     */
    TlsEngine forClient(ClientHello hello) {
        return hello.asksMaxFragmentLength() || !suites.any(hello) ? fullFeatured : usual;
    }
}
