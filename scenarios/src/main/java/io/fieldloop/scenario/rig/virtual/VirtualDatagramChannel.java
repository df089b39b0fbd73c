package io.fieldloop.scenario.rig.virtual;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** An in-process datagram socket, which Netty has none of; once connected it reaches and hears only its peer, and takes payloads too. */
public final class VirtualDatagramChannel extends AbstractChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(true);

    private final VirtualDatagrams network;
    private final ChannelConfig config = new DefaultChannelConfig(this);
    private @Nullable InetSocketAddress local;
    private @Nullable InetSocketAddress remote;
    private boolean closed;

    VirtualDatagramChannel(VirtualDatagrams network) {
        super(null);
        this.network = network;
    }

    void receive(DatagramPacket packet) {
        boolean wanted = isActive() && (remote == null || remote.equals(packet.sender()));
        if (wanted) {
            pipeline().fireChannelRead(packet);
            pipeline().fireChannelReadComplete();
        } else {
            packet.release();
        }
    }

    void remap() {
        InetSocketAddress before = local;
        if (before != null) {
            try {
                doBind(network.ephemeral(before.getAddress()));
                network.unbind(before);
            } catch (Exception e) {
                throw new IllegalStateException("an address nobody has had is free", e);
            }
        }
    }

    @Override
    protected void doBind(SocketAddress address) throws Exception {
        InetSocketAddress wanted = (InetSocketAddress) address;
        network.bind(wanted, this);
        local = wanted;
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) {
        for (Object message = in.current(); message != null; message = in.current()) {
            if (message instanceof DatagramPacket packet) {
                network.send(new DatagramPacket(packet.content().retain(), packet.recipient(), local));
            } else if (message instanceof ByteBuf payload && remote != null) {
                network.send(new DatagramPacket(payload.retain(), remote, local));
            }
            in.remove();
        }
    }

    @Override
    protected void doClose() {
        closed = true;
        if (local != null) {
            network.unbind(local);
        }
    }

    @Override
    protected void doDisconnect() {
        remote = null;
    }

    @Override
    protected void doBeginRead() {}

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public boolean isActive() {
        return !closed && local != null;
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    /** As it is now: Netty keeps the first, and a NAT gives others. */
    @Override
    public @Nullable SocketAddress localAddress() {
        return local;
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return local;
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return remote;
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new AbstractUnsafe() {
            @Override
            public void connect(SocketAddress peer, @Nullable SocketAddress from, ChannelPromise promise) {
                try {
                    boolean wasActive = isActive();
                    if (from != null) {
                        doBind(from);
                    }
                    remote = (InetSocketAddress) peer;
                    promise.trySuccess();
                    if (!wasActive && isActive()) {
                        pipeline().fireChannelActive();
                    }
                } catch (Exception e) {
                    promise.tryFailure(e);
                    close(voidPromise());
                }
            }
        };
    }
}
