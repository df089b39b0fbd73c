package io.fieldloop.server.tls;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.KeyExchangeAlgorithm;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/** The IANA names of cipher suites and their numbers. */
public final class CipherSuites {
    private static final Map<String, Integer> NUMBERS = numbers();
    private static final Map<Integer, String> NAMES = names(NUMBERS);

    /**
     * What is offered when a configuration names no suites, in an order that matters only to clients without preference.
     *
     * <p>Old ones are included: which suites a device accepts is what a scenario wants to find out, not what it should be spared.
     */
    static final List<Integer> DEFAULTS = List.of(
            CipherSuite.TLS_AES_128_GCM_SHA256,
            CipherSuite.TLS_AES_256_GCM_SHA384,
            CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
            CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CCM,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
            CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384,
            CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
            CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA,
            CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
            CipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_DHE_RSA_WITH_AES_256_GCM_SHA384,
            CipherSuite.TLS_DHE_RSA_WITH_AES_128_CBC_SHA,
            CipherSuite.TLS_DHE_RSA_WITH_AES_256_CBC_SHA,
            CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_RSA_WITH_AES_256_GCM_SHA384,
            CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA256,
            CipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA256,
            CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA,
            CipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA,
            CipherSuite.TLS_RSA_WITH_3DES_EDE_CBC_SHA);

    private CipherSuites() {}

    /** Whether a configuration may name it. */
    public static boolean isKnown(String name) {
        return NUMBERS.containsKey(name);
    }

    static @Nullable Integer number(String name) {
        return NUMBERS.get(name);
    }

    static String name(int number) {
        String name = NAMES.get(number);
        return name == null ? String.format(Locale.ROOT, "0x%04X", number) : name;
    }

    /** Whether the suite is one of TLS 1.3, which share nothing with those of older versions. */
    public static boolean isTls13(String name) {
        return !name.contains("_WITH_");
    }

    /** Those of them that a certificate's key, RSA or not, can serve. */
    static int[] servedBy(List<Integer> suites, boolean rsa, RunTlsCrypto crypto) {
        List<Integer> fitting = new ArrayList<>();
        for (int suite : suites) {
            int exchange = TlsUtils.getKeyExchangeAlgorithm(suite);
            boolean fits = switch (exchange) {
                case KeyExchangeAlgorithm.NULL -> true; // TLS 1.3
                case KeyExchangeAlgorithm.RSA, KeyExchangeAlgorithm.ECDHE_RSA, KeyExchangeAlgorithm.DHE_RSA -> rsa;
                case KeyExchangeAlgorithm.ECDHE_ECDSA -> !rsa;
                default -> false;
            };
            if (fits && TlsUtils.isSupportedCipherSuite(crypto, suite)) {
                fitting.add(suite);
            }
        }
        return fitting.stream().mapToInt(Integer::intValue).toArray();
    }

    private static Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new TreeMap<>();
        for (Field field : CipherSuite.class.getFields()) {
            String name = field.getName();
            if (field.getType() == int.class && name.startsWith("TLS_") && !name.endsWith("_SCSV")) {
                try {
                    numbers.put(name, field.getInt(null));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException("a public constant cannot be read", e);
                }
            }
        }
        return Collections.unmodifiableMap(numbers);
    }

    private static Map<Integer, String> names(Map<String, Integer> numbers) {
        Map<Integer, String> names = new TreeMap<>();
        numbers.forEach((name, number) -> names.putIfAbsent(number, name));
        return Collections.unmodifiableMap(names);
    }
}
