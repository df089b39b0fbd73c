package io.fieldloop.scenario.diagnose.tls;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The keys of one session, as far as a key log gives them. */
final class SessionKeys {
    private static final int TLS13_IV_BYTES = 12;

    private final Secrets secrets;
    private final String random;
    private final ServerHello hello;
    private final SuiteShape suite;
    private byte @Nullable [] clientSecret;
    private byte @Nullable [] serverSecret;

    private SessionKeys(Secrets secrets, String random, ServerHello hello, SuiteShape suite) {
        this.secrets = secrets;
        this.random = random;
        this.hello = hello;
        this.suite = suite;
    }

    /** Null where there is no secret for that session, or its suite is not one that is decrypted. */
    static @Nullable SessionKeys of(Secrets secrets, String random, ServerHello hello) {
        SuiteShape suite = SuiteShape.of(hello.suite());
        boolean tls13 = hello.version() == TlsWords.TLS_1_3;
        boolean known = secrets.find(tls13 ? "SERVER_HANDSHAKE_TRAFFIC_SECRET" : "CLIENT_RANDOM", random) != null;
        boolean supported = tls13 || hello.version() == TlsWords.TLS_1_2;
        return suite == null || !known || !supported ? null : new SessionKeys(secrets, random, hello, suite);
    }

    @Nullable
    RecordCipher tls12(boolean ofClient) throws GeneralSecurityException {
        byte[] master = secrets.find("CLIENT_RANDOM", random);
        if (master == null) {
            return null;
        }
        byte[] seed = HexFormat.of().parseHex(hello.random() + random);
        int iv = suite.kind().ivBytes();
        int length = 2 * (suite.macBytes() + suite.keyBytes() + iv);
        byte[] block = KeyDerivation.prf(suite.hash(), master, "key expansion", seed, length);
        int keyAt = 2 * suite.macBytes() + (ofClient ? 0 : suite.keyBytes());
        int ivAt = 2 * (suite.macBytes() + suite.keyBytes()) + (ofClient ? 0 : iv);
        return new RecordCipher(
                suite,
                false,
                hello.macsCiphertext(),
                Arrays.copyOfRange(block, keyAt, keyAt + suite.keyBytes()),
                Arrays.copyOfRange(block, ivAt, ivAt + iv));
    }

    @Nullable
    RecordCipher handshake(boolean ofClient) throws GeneralSecurityException {
        return tls13(secrets.find(side(ofClient) + "_HANDSHAKE_TRAFFIC_SECRET", random));
    }

    @Nullable
    RecordCipher application(boolean ofClient) throws GeneralSecurityException {
        byte[] secret = secrets.find(side(ofClient) + "_TRAFFIC_SECRET_0", random);
        keep(ofClient, secret);
        return tls13(secret);
    }

    /** After a KeyUpdate (RFC 8446 section 7.2). */
    @Nullable
    RecordCipher next(boolean ofClient) throws GeneralSecurityException {
        byte[] secret = ofClient ? clientSecret : serverSecret;
        if (secret == null) {
            return null;
        }
        byte[] next = KeyDerivation.expandLabel(suite.hash(), secret, "traffic upd", secret.length);
        keep(ofClient, next);
        return tls13(next);
    }

    private void keep(boolean ofClient, byte @Nullable [] secret) {
        if (ofClient) {
            clientSecret = secret;
        } else {
            serverSecret = secret;
        }
    }

    private @Nullable RecordCipher tls13(byte @Nullable [] secret) throws GeneralSecurityException {
        return secret == null
                ? null
                : new RecordCipher(
                        suite,
                        true,
                        false,
                        KeyDerivation.expandLabel(suite.hash(), secret, "key", suite.keyBytes()),
                        KeyDerivation.expandLabel(suite.hash(), secret, "iv", TLS13_IV_BYTES));
    }

    private static String side(boolean ofClient) {
        return ofClient ? "CLIENT" : "SERVER";
    }
}
