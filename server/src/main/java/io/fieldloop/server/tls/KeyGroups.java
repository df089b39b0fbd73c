package io.fieldloop.server.tls;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.crypto.DHGroup;
import org.bouncycastle.tls.crypto.DHStandardGroups;
import org.bouncycastle.tls.crypto.TlsDHConfig;
import org.jspecify.annotations.Nullable;

/**
 * The groups that keys are agreed on in.
 *
 * @param names of those that were configured; none for whatever the library takes
 */
record KeyGroups(List<String> names) {
    /** A group without a name for a client that lists none of RFC 7919, as a server with a file of parameters has. */
    static final TlsDHConfig UNNAMED = new TlsDHConfig(
            new DHGroup(DHStandardGroups.rfc3526_2048.getP(), null, DHStandardGroups.rfc3526_2048.getG(), 0));

    /** Whether none was configured. */
    boolean isOpen() {
        return names.isEmpty();
    }

    int[] numbers() {
        return names.stream()
                .map(HandshakeConfig::groupNumber)
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The curves among them that the client offers, in its order. */
    IntStream sharedWith(int @Nullable [] offered) {
        return offered == null
                ? IntStream.empty()
                : Arrays.stream(offered)
                        .filter(group ->
                                NamedGroup.refersToASpecificCurve(group) && names.contains(NamedGroup.getName(group)));
    }

    static boolean namesFiniteField(int @Nullable [] offered) {
        return offered != null && Arrays.stream(offered).anyMatch(NamedGroup::refersToASpecificFiniteField);
    }
}
