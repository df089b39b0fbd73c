package io.fieldloop.device.link;

import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The modelled connects of a proxy by client address, for whoever asks first: the client's side or the proxy. */
final class Paths {
    // A client may ask after its connection is over, so nothing but newer clients ends an entry.
    private static final int REMEMBERED_MAX = 4096;

    private final Map<SocketAddress, CompletableFuture<Void>> byClient = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SocketAddress, CompletableFuture<Void>> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    synchronized CompletableFuture<Void> of(SocketAddress client) {
        return byClient.computeIfAbsent(client, unknown -> new CompletableFuture<>());
    }

    /** A client has connected; an answered path under its address is an earlier client's with the same port. */
    synchronized CompletableFuture<Void> opening(SocketAddress client) {
        CompletableFuture<Void> asked = byClient.get(client);
        if (asked != null && asked.isDone()) {
            byClient.remove(client);
        }
        return of(client);
    }
}
