package io.fieldloop.device.link;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;

/** A TCP proxy on loopback that leads through a {@link Link}. */
public final class LinkProxy {
    private LinkProxy() {}

    /** Listens; fails with an exception that names the address when it cannot. */
    public static CompletableFuture<LinkProxy> start(LinkProxyConfig config, Link link) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return new InetSocketAddress(0);
    }

    /**
     * Completes when the modelled connect behind the front connection from {@code client} succeeded, or exceptionally
     * with what a socket would have thrown; never in a black hole.
     */
    public CompletableFuture<Void> pathOf(SocketAddress client) {
        return new CompletableFuture<>();
    }

    /** Stops listening and closes every connection. */
    public CompletableFuture<Void> stop() {
        return CompletableFuture.completedFuture(null);
    }
}
