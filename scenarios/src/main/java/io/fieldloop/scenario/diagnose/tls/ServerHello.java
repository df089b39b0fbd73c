package io.fieldloop.scenario.diagnose.tls;

import java.util.HexFormat;

/**
 * What a server chose (RFC 8446 section 4.1.3).
 *
 * @param random in hex
 * @param version the number on the wire, that of supported_versions in TLS 1.3
 * @param macsCiphertext whether encrypt_then_mac was agreed on (RFC 7366)
 */
public record ServerHello(String random, int version, int suite, boolean macsCiphertext) {
    private static final int RANDOM_BYTES = 32;
    private static final int ENCRYPT_THEN_MAC = 22;
    private static final int SUPPORTED_VERSIONS = 43;
    // SHA-256 of "HelloRetryRequest" (RFC 8446 section 4.1.3).
    private static final String RETRY = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

    static ServerHello parse(Fields body) {
        int version = body.u16();
        String random = HexFormat.of().formatHex(body.octets(RANDOM_BYTES));
        body.part(body.u8());
        int suite = body.u16();
        body.u8();
        boolean macsCiphertext = false;
        Fields all = body.isOver() ? body : body.part(body.u16());
        while (!all.isOver()) {
            int type = all.u16();
            Fields content = all.part(all.u16());
            if (type == SUPPORTED_VERSIONS) {
                version = content.u16();
            }
            macsCiphertext |= type == ENCRYPT_THEN_MAC;
        }
        return new ServerHello(random, version, suite, macsCiphertext);
    }

    /** Whether it asks for another ClientHello and chooses nothing yet. */
    public boolean isRetry() {
        return random.equals(RETRY);
    }
}
