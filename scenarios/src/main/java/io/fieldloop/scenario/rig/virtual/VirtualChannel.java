package io.fieldloop.scenario.rig.virtual;

import io.fieldloop.device.context.InProcessBuffers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalServerChannel;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/**
 * An in-process channel that resets like TCP: closed with {@code SO_LINGER} 0, its peer sees "Connection reset" instead
 * of an orderly end. Netty's {@link LocalChannel} knows only the orderly one. And like TCP it takes no more of what its peer does not
 * read than fits a window, and loses nothing of that when its peer closes.
 */
public final class VirtualChannel extends LocalChannel {
    /** What a socket of Linux takes that nobody reads: assumed, the window it announces at first. */
    private static final int WINDOW_BYTES = 64 * 1024;

    // No field has an initialiser: LocalChannel's constructor asks for config() before it would run.
    private @Nullable LingerConfig config;
    private @Nullable VirtualChannel other;
    private long unreadBytes;
    private int unreadMessages;
    private boolean writerWaits;

    public VirtualChannel() {
        takeBuffersOfThisProcess();
    }

    /** The accepted end of {@code peer}. */
    VirtualChannel(LocalServerChannel parent, VirtualChannel peer) {
        super(parent, peer);
        takeBuffersOfThisProcess();
        other = peer;
        peer.other = this;
    }

    /** Only now: LocalChannel's constructor puts Netty's pool into whatever config() gives it. */
    private void takeBuffersOfThisProcess() {
        config().setAllocator(InProcessBuffers.allocator());
    }

    @Override
    public ChannelConfig config() {
        if (config == null) {
            config = new LingerConfig(this);
        }
        return config;
    }

    /**
     * Writes until nothing is left. The peer reads inside this write, and what its answer makes us flush meanwhile would
     * stay in the buffer until somebody flushes again: Netty ignores a flush within a flush.
     */
    @Override
    protected void doWrite(ChannelOutboundBuffer in) throws Exception {
        if (other != null && !other.takes(in)) {
            return;
        }
        do {
            super.doWrite(in);
        } while (in.current() != null && isActive());
    }

    /** Whether what its peer has written goes into the window of this end; it does all or nothing of it. */
    private boolean takes(ChannelOutboundBuffer written) throws Exception {
        writerWaits = !config().isAutoRead() && unreadBytes >= WINDOW_BYTES;
        if (!config().isAutoRead() && !writerWaits) {
            written.forEachFlushedMessage(message -> {
                unreadBytes += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
                unreadMessages++;
                return true;
            });
        }
        return !writerWaits;
    }

    @Override
    protected void doBeginRead() throws Exception {
        super.doBeginRead();
        unreadBytes = 0;
        if (writerWaits && other != null) {
            writerWaits = false;
            other.eventLoop().execute(other::flush);
        }
    }

    @Override
    protected void doClose() throws Exception {
        VirtualChannel peer = other;
        boolean resets = config != null && config.lingerSeconds == 0;
        if (resets && peer != null && peer.isActive()) {
            peer.eventLoop().execute(peer::sayReset);
        } else if (peer != null) {
            peer.readAll();
        }
        super.doClose();
    }

    /** A socket that is closed has sent what was written; LocalChannel throws away what its peer has not read yet. */
    private void readAll() {
        int messages = unreadMessages;
        unreadMessages = 0;
        for (int i = 0; i < messages && isActive(); i++) {
            unsafe().beginRead();
        }
    }

    private void sayReset() {
        if (isActive()) {
            pipeline().fireExceptionCaught(new SocketException("Connection reset"));
        }
    }

    private static final class LingerConfig extends DefaultChannelConfig {
        private int lingerSeconds = -1;

        LingerConfig(VirtualChannel channel) {
            super(channel);
        }

        @Override
        public <T> boolean setOption(ChannelOption<T> option, T value) {
            if (ChannelOption.SO_LINGER.equals(option)) {
                lingerSeconds = (Integer) value;
                return true;
            }
            return ChannelOption.TCP_NODELAY.equals(option) || super.setOption(option, value);
        }
    }
}
