package io.fieldloop.qemu.link;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The host names a {@link FrameLink} answers for, all with the address that leads to the host's loopback; any other
 * query goes on to QEMU's resolver. Safe for use by several threads.
 */
public final class NameService {
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    public NameService(String... names) {
        for (String name : names) {
            serve(name);
        }
    }

    /** Answers for that name from now on; {@code *.example.test} stands for all names below {@code example.test}. */
    public void serve(String name) {
        names.add(canonical(name));
    }

    /** Whether that name is answered here, however it is spelled (RFC 4343). */
    public boolean serves(String name) {
        String asked = canonical(name);
        if (names.contains(asked)) {
            return true;
        }
        for (int dot = asked.indexOf('.'); dot >= 0; dot = asked.indexOf('.', dot + 1)) {
            if (names.contains("*" + asked.substring(dot))) {
                return true;
            }
        }
        return false;
    }

    private static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
