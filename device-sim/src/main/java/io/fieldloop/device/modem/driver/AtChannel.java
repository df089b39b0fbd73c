package io.fieldloop.device.modem.driver;

import io.fieldloop.device.context.InProcessBuffers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A socket of the firmware that lives inside the modem: what is written becomes commands, and lines become what is read. */
final class AtChannel extends AbstractChannel {

    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    /** What a channel is the outside of. */
    interface Socket {
        void send(String bytes);

        void close();
    }

    private final ChannelConfig config = new DefaultChannelConfig(this);
    private final Socket socket;
    private boolean connected;
    private boolean closed;

    AtChannel(Socket socket) {
        super(null);
        this.socket = socket;
        config.setAllocator(InProcessBuffers.allocator());
    }

    void connected(ChannelPromise promise) {
        connected = true;
        promise.trySuccess();
        pipeline().fireChannelActive();
    }

    void received(byte[] bytes) {
        if (connected && !closed) {
            pipeline().fireChannelRead(Unpooled.wrappedBuffer(bytes));
            pipeline().fireChannelReadComplete();
        }
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) {
        for (Object message = in.current(); message != null; message = in.current()) {
            if (message instanceof ByteBuf bytes) {
                socket.send(bytes.toString(StandardCharsets.ISO_8859_1));
            }
            in.remove();
        }
    }

    @Override
    protected void doClose() {
        if (!closed) {
            closed = true;
            socket.close();
        }
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("The modem chooses the local address.");
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
        return connected && !closed;
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return null;
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return null;
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new AbstractUnsafe() {
            @Override
            public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
                promise.setFailure(new UnsupportedOperationException("The modem is told where to go by its driver."));
            }
        };
    }
}
