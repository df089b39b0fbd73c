package io.fieldloop.device.tls;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.tls.CipherSuite;

/** IANA names of cipher suites, from the constants of Bouncy Castle, which has no table of them. */
public final class CipherSuiteNames {

    private static final Map<Integer, String> NAMES = read();

    private CipherSuiteNames() {}

    public static String of(int suite) {
        return NAMES.getOrDefault(suite, String.format(Locale.ROOT, "0x%04X", suite));
    }

    private static Map<Integer, String> read() {
        Map<Integer, String> names = new HashMap<>();
        for (Field constant : CipherSuite.class.getFields()) {
            if (constant.getName().startsWith("TLS_") && constant.getType() == int.class) {
                try {
                    names.put(constant.getInt(null), constant.getName());
                } catch (IllegalAccessException e) {
                    throw new AssertionError("Public constants of an interface are readable.", e);
                }
            }
        }
        return Map.copyOf(names);
    }
}
