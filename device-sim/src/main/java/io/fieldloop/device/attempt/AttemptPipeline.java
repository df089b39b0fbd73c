package io.fieldloop.device.attempt;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.device.profile.TlsTraits;
import io.fieldloop.device.tls.DeviceTlsException;
import io.fieldloop.device.tls.DeviceTlsHandler;
import io.fieldloop.device.tls.TlsClientConfig;
import io.fieldloop.device.tls.TlsEstablished;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;

/** Builds a device's end of one connection: TLS where the endpoint has it, and what the transport's client adds. */
public final class AttemptPipeline extends ChannelInitializer<Channel> {

    private final DeviceContext context;
    private final List<X509Certificate> trustAnchors;
    private final Endpoint endpoint;
    private final ReceiveClock receiveClock;
    private final ConnectWatcher watcher;
    private final Consumer<ChannelPipeline> client;

    /**
     * The handlers of one connection.
     *
     * @param client adds what speaks behind TLS
     */
    public AttemptPipeline(
            DeviceContext context,
            List<X509Certificate> trustAnchors,
            Endpoint endpoint,
            ReceiveClock receiveClock,
            ConnectWatcher watcher,
            Consumer<ChannelPipeline> client) {
        this.context = context;
        this.trustAnchors = trustAnchors;
        this.endpoint = endpoint;
        this.receiveClock = receiveClock;
        this.watcher = watcher;
        this.client = client;
    }

    @Override
    protected void initChannel(Channel channel) {
        DeviceProfile profile = context.profile();
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast("receive-clock", receiveClock);
        pipeline.addLast("name-watch", new NameLookup.Watch(watcher));
        pipeline.addLast("send-watch", new SendWatch(profile.sending()));
        if (endpoint.tls()) {
            pipeline.addLast("tls", new DeviceTlsHandler(tlsConfig(context, endpoint.host(), trustAnchors)));
            pipeline.addLast("tls-watch", new TlsWatch());
        }
        client.accept(pipeline);
    }

    /** The same without socket and TLS, where both are in a modem. */
    public ChannelHandler behindModem() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                client.accept(channel.pipeline());
            }
        };
    }

    /** Who is told how far the connection has come. */
    public SocketWitness witness() {
        return watcher;
    }

    /** The TLS client of a device of that profile, for a connection to {@code host}. */
    public static TlsClientConfig tlsConfig(DeviceContext context, String host, List<X509Certificate> trustAnchors) {
        TlsTraits traits = context.profile().tls();
        return new TlsClientConfig(
                traits.hello(),
                host,
                trustAnchors,
                traits.verification(),
                traits.checksDates(),
                context.deviceClock(),
                traits.heap(),
                traits.identity(),
                context.sessions(),
                context.random(),
                context.arithmetic());
    }

    /** Tells how the handshake ended, and leaves. */
    private final class TlsWatch extends ChannelInboundHandlerAdapter {

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            ctx.fireUserEventTriggered(event);
            if (event instanceof TlsEstablished established) {
                ctx.pipeline().remove(this);
                watcher.tlsEstablished(established);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (cause instanceof DeviceTlsException tls) {
                watcher.tlsFailed(tls);
            }
            ctx.fireExceptionCaught(cause);
        }
    }
}
