package io.fieldloop.scenario.probe.wire;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** The TLS versions and cipher suites that can be tried, by their names. */
public final class Suites {
    /** Newest first. */
    public static final List<ProtocolVersion> VERSIONS =
            List.of(ProtocolVersion.TLSv13, ProtocolVersion.TLSv12, ProtocolVersion.TLSv11, ProtocolVersion.TLSv10);

    /** SHA-1 last: only old servers choose it. */
    static final List<Integer> SIGNATURES = List.of(
            SignatureScheme.ecdsa_secp256r1_sha256,
            SignatureScheme.ecdsa_secp384r1_sha384,
            SignatureScheme.ecdsa_secp521r1_sha512,
            SignatureScheme.ed25519,
            SignatureScheme.ed448,
            SignatureScheme.rsa_pss_rsae_sha256,
            SignatureScheme.rsa_pss_rsae_sha384,
            SignatureScheme.rsa_pss_rsae_sha512,
            SignatureScheme.rsa_pss_pss_sha256,
            SignatureScheme.rsa_pss_pss_sha384,
            SignatureScheme.rsa_pss_pss_sha512,
            SignatureScheme.rsa_pkcs1_sha256,
            SignatureScheme.rsa_pkcs1_sha384,
            SignatureScheme.rsa_pkcs1_sha512,
            SignatureScheme.ecdsa_brainpoolP256r1tls13_sha256,
            SignatureScheme.ecdsa_brainpoolP384r1tls13_sha384,
            SignatureScheme.ecdsa_brainpoolP512r1tls13_sha512,
            SignatureScheme.ecdsa_sha1,
            SignatureScheme.rsa_pkcs1_sha1);

    /** What servers usually have first; a curve that is left out here would look like a version that is not there. */
    public static final List<Integer> GROUPS = List.of(
            NamedGroup.x25519,
            NamedGroup.secp256r1,
            NamedGroup.secp384r1,
            NamedGroup.secp521r1,
            NamedGroup.x448,
            NamedGroup.brainpoolP256r1,
            NamedGroup.brainpoolP384r1,
            NamedGroup.brainpoolP512r1,
            NamedGroup.secp256k1,
            NamedGroup.secp224r1,
            NamedGroup.secp192r1,
            NamedGroup.ffdhe2048,
            NamedGroup.ffdhe3072,
            NamedGroup.ffdhe4096);

    /** Suites without certificates, without encryption, or with key exchanges that no device of the field has. */
    private static final Pattern LEFT_OUT =
            Pattern.compile("_(PSK|SRP|anon|NULL|SCSV|GOSTR341112|DSS|KRB5|SHA256_SHA256|SHA384_SHA384)(_|$)"
                    + "|^TLS_(DH|ECDH)_|EXPORT");

    private static final Map<Integer, String> NAMES = names();

    private Suites() {}

    static List<Integer> all() {
        return List.copyOf(NAMES.keySet());
    }

    public static List<Integer> of(ProtocolVersion version) {
        return NAMES.keySet().stream()
                .filter(suite -> TlsUtils.isValidVersionForCipherSuite(suite, version))
                .toList();
    }

    public static String name(int suite) {
        return NAMES.getOrDefault(suite, String.format(Locale.ROOT, "0x%04X", suite));
    }

    /** {@code TLSv1.2}, as everywhere in Fieldloop. */
    public static String name(ProtocolVersion version) {
        int minor = version.getMinorVersion() - 1;
        return minor == 0 ? "TLSv1" : "TLSv1." + minor;
    }

    /** The version of that name. */
    static ProtocolVersion version(String name) {
        return VERSIONS.stream()
                .filter(version -> name(version).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No TLS version is called " + name + "."));
    }

    private static Map<Integer, String> names() {
        TlsCrypto crypto = new BcTlsCrypto();
        Map<Integer, String> names = new LinkedHashMap<>();
        Arrays.stream(CipherSuite.class.getFields())
                .filter(field -> field.getType() == int.class && field.getName().startsWith("TLS_"))
                .filter(field -> !LEFT_OUT.matcher(field.getName()).find())
                .forEach(field -> {
                    int suite = number(field);
                    if (TlsUtils.isSupportedCipherSuite(crypto, suite)) {
                        names.putIfAbsent(suite, field.getName());
                    }
                });
        return names;
    }

    private static int number(Field constant) {
        try {
            return (int) Objects.requireNonNull(constant.get(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a public constant cannot be read", e);
        }
    }
}
