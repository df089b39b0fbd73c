package io.fieldloop.server;

import io.fieldloop.server.connection.GatewayConfigException;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayListener;
import io.fieldloop.server.tls.TlsAcceptor;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Opens the listeners of a gateway one after the other; one that fails closes the ones before it. */
final class GatewayStart {
    private final GatewayConfig config;
    private final GatewayRuntime runtime;
    private final GatewayState state;
    private final EventLoop home;
    private final Map<String, Channel> open = new LinkedHashMap<>();
    private final Map<String, TlsAcceptor> acceptors = new LinkedHashMap<>();
    private final CompletableFuture<Gateway> result = new CompletableFuture<>();

    GatewayStart(GatewayConfig config, GatewayRuntime runtime, GatewayListener events) {
        this.config = config;
        this.runtime = runtime;
        this.home = runtime.group().next();
        this.state = new GatewayState(config, runtime, home, events);
    }

    CompletableFuture<Gateway> run() {
        bind(0);
        return result;
    }

    private void bind(int index) {
        if (index == config.listeners().size()) {
            state.emit(new GatewayEvent.GatewayStarted());
            result.complete(new Gateway(state, home, open, acceptors));
            return;
        }
        ListenerConfig listener = config.listeners().get(index);
        TlsAcceptor tls;
        try {
            tls = acceptor(listener);
        } catch (IllegalArgumentException e) {
            fail(listener, e);
            return;
        }
        ChannelFuture bound = bound(listener, tls);
        bound.addListener(done -> {
            if (done.isSuccess()) {
                open.put(listener.name(), bound.channel());
                bind(index + 1);
            } else {
                fail(listener, done.cause());
            }
        });
    }

    private ChannelFuture bound(ListenerConfig listener, @Nullable TlsAcceptor tls) {
        if (listener instanceof ListenerConfig.Voice voice) {
            return new Bootstrap()
                    .group(runtime.group())
                    .channelFactory(runtime.datagramChannels())
                    .handler(state.voice(voice))
                    .bind(listener.bindAddress());
        }
        return new ServerBootstrap()
                .group(runtime.group())
                .channelFactory(runtime.serverChannels())
                .handler(new AcceptFailureHandler(listener.name(), state))
                .childHandler(state.initializer(listener, tls))
                .bind(listener.bindAddress());
    }

    /** On in-process channels every byte has to come from the injected source of chance. */
    private @Nullable TlsAcceptor acceptor(ListenerConfig listener) {
        if (listener.tls() == null) {
            return null;
        }
        boolean seeded = listener.bindAddress() instanceof LocalAddress;
        TlsAcceptor acceptor =
                new TlsAcceptor(listener.tls(), runtime.random(), seeded, runtime.arithmetic(), runtime.clock());
        acceptors.put(listener.name(), acceptor);
        return acceptor;
    }

    private void fail(ListenerConfig listener, Throwable cause) {
        open.values().forEach(Channel::close);
        if (cause instanceof IllegalArgumentException) {
            String problem = "Listener \"" + listener.name() + "\" cannot speak TLS: " + cause.getMessage();
            result.completeExceptionally(new GatewayConfigException(problem, cause));
            return;
        }
        result.completeExceptionally(GatewayConfigException.cannotListen(
                "Listener \"" + listener.name() + "\"", listener.bindAddress(), cause));
    }
}
