package io.fieldloop.server.tls;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds what belongs to the server name a client asked for: its own entry, a wildcard of one label, or the default. */
final class VirtualHosts<T> {
    private final Map<String, T> byServerName;
    private final T byDefault;

    private VirtualHosts(Map<String, T> byServerName, T byDefault) {
        this.byServerName = byServerName;
        this.byDefault = byDefault;
    }

    /** Turns each value of a map that has a {@value TlsConfig#DEFAULT_NAME} into what an engine needs. */
    static <S, T> VirtualHosts<T> of(Map<String, S> sources, Function<S, T> prepared) {
        Map<String, T> hosts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sources.forEach((name, source) -> hosts.put(name, prepared.apply(source)));
        T byDefault = hosts.get(TlsConfig.DEFAULT_NAME);
        if (byDefault == null) {
            throw new IllegalArgumentException("The chain named \"*\" is missing.");
        }
        return new VirtualHosts<>(Collections.unmodifiableMap(hosts), byDefault);
    }

    T find(@Nullable String serverName) {
        if (serverName == null) {
            return byDefault;
        }
        T exact = byServerName.get(serverName);
        if (exact != null) {
            return exact;
        }
        int dot = serverName.indexOf('.');
        T wildcard = dot < 0 ? null : byServerName.get("*" + serverName.substring(dot));
        return wildcard != null ? wildcard : byDefault;
    }
}
