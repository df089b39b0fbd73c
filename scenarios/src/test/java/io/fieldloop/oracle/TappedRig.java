package io.fieldloop.oracle;

import io.fieldloop.device.tls.crypto.SharedArithmetic;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.rig.DeviceSetup;
import io.fieldloop.scenario.rig.FieldDevice;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.Seeds;
import io.fieldloop.server.GatewayRuntime;
import io.fieldloop.server.tls.KeyLog;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Another rig, with a tap in front of its gateway's TLS and the secrets of that written down. */
record TappedRig(Rig rig, StreamTap tap, KeyLog keyLog) implements Rig {

    /** Rigs of the same kind, all tapped alike. */
    record Factory(RigFactory rigs, StreamTap tap, KeyLog keyLog) implements RigFactory {
        @Override
        public RigKind kind() {
            return rigs.kind();
        }

        @Override
        public int atOnce() {
            return 1;
        }

        @Override
        public Rig make(Scenario scenario, Seeds seeds, Path evidence) {
            return new TappedRig(rigs.make(scenario, seeds, evidence), tap, keyLog);
        }
    }

    @Override
    public GatewayRuntime gatewayRuntime() {
        GatewayRuntime runtime = rig.gatewayRuntime();
        return new GatewayRuntime(
                runtime.group(),
                () -> tapped(runtime.serverChannels().newChannel()),
                runtime.datagramChannels(),
                runtime.clock(),
                runtime.random(),
                runtime.sourceOf(),
                runtime.reset(),
                runtime.arithmetic());
    }

    private ServerChannel tapped(ServerChannel listener) {
        listener.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object accepted) {
                ((Channel) accepted).pipeline().addFirst(tap);
                context.fireChannelRead(accepted);
            }
        });
        return listener;
    }

    @Override
    public RigKind kind() {
        return rig.kind();
    }

    @Override
    public EventLoop loop() {
        return rig.loop();
    }

    @Override
    public long nanosSinceStart() {
        return rig.nanosSinceStart();
    }

    @Override
    public InstantSource clock() {
        return rig.clock();
    }

    @Override
    public SecureRandom secureRandom(String purpose) {
        return rig.secureRandom(purpose);
    }

    @Override
    public SharedArithmetic arithmetic() {
        return rig.arithmetic();
    }

    @Override
    public SocketAddress bindAddress(NominalListener listener) {
        return rig.bindAddress(listener);
    }

    @Override
    public void gatewayAt(NominalListener listener, SocketAddress bound) {
        rig.gatewayAt(listener, bound);
    }

    @Override
    public FieldDevice device(DeviceSetup setup) {
        return rig.device(setup);
    }

    @Override
    public ChannelFuture dialDirectly(InetAddress source, NominalListener listener, ChannelHandler pipeline) {
        return rig.dialDirectly(source, listener, pipeline);
    }

    @Override
    public void nameGateway(String host) {
        rig.nameGateway(host);
    }

    @Override
    public void close() {
        rig.close();
    }
}
