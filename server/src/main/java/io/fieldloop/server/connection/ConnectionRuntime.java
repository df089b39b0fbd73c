package io.fieldloop.server.connection;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a connection takes from outside: date, chance, the peer's address and the way to reset it. */
public interface ConnectionRuntime {
    InstantSource clock();

    SecureRandom random();

    Function<Channel, InetAddress> sourceOf();

    Consumer<Channel> reset();
}
