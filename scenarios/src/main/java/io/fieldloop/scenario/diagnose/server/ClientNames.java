package io.fieldloop.scenario.diagnose.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that clients of a broker came from, of bounded size.
 *
 * <p>A broker tells the address when a client comes, and from then on its name alone; counted apart, nobody sees that the address that
 * came and the name that failed are one.
 */
final class ClientNames {
    private static final int NAMES_MAX = 10_000;
    private static final int NAMES_SHOWN = 5;

    private final Map<String, String> addresses = new LinkedHashMap<>();

    /** Where a line is from: what it says itself, else where its client came from last, else the client's name. */
    String source(@Nullable String name, String address) {
        if (name == null) {
            return address;
        }
        if (address.isEmpty()) {
            return addresses.getOrDefault(name, name);
        }
        if (addresses.size() < NAMES_MAX || addresses.containsKey(name)) {
            addresses.put(name, address);
        }
        return address;
    }

    /** The clients that came from an address, for a person; empty where none is known. */
    String at(String address) {
        Set<String> names = addresses.entrySet().stream()
                .filter(one -> one.getValue().equals(address))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        return names.isEmpty()
                ? ""
                : "as " + names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "))
                        + (names.size() > NAMES_SHOWN ? " and " + (names.size() - NAMES_SHOWN) + " more" : "");
    }
}
