package io.fieldloop.server.connection;

import io.fieldloop.server.event.ConnectionId;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The open connections of a gateway, in the order of acceptance.
 *
 * <p>Netty's own channel group orders by channel id, which differs from run to run, and so would the order of closes in a journal.
 */
public final class OpenConnections {
    private final ConcurrentNavigableMap<ConnectionId, Channel> open = new ConcurrentSkipListMap<>();

    public void add(ConnectionId id, Channel channel) {
        open.put(id, channel);
        channel.closeFuture().addListener(closed -> open.remove(id));
    }

    public int count() {
        return open.size();
    }

    public void closeAll() {
        open.values().forEach(Channel::close);
    }

    /** Completes when every connection that is open now is closed. */
    public CompletableFuture<Void> allClosed() {
        List<CompletableFuture<Void>> closes = open.values().stream()
                .map(channel -> closed(channel.closeFuture()))
                .toList();
        return CompletableFuture.allOf(closes.toArray(CompletableFuture<?>[]::new));
    }

    /** Completes with the end of a channel. */
    public static CompletableFuture<Void> closed(ChannelFuture closeFuture) {
        CompletableFuture<Void> completion = new CompletableFuture<>();
        closeFuture.addListener(closed -> completion.complete(null));
        return completion;
    }
}
