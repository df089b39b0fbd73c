package io.fieldloop.scenario.rig.virtual;

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
 * of an orderly end. Netty's {@link LocalChannel} knows only the orderly one.
 */
public final class VirtualChannel extends LocalChannel {
    // Neither field has an initialiser: LocalChannel's constructor asks for config() before it would run.
    private @Nullable LingerConfig config;
    private @Nullable VirtualChannel other;

    public VirtualChannel() {}

    /** The accepted end of {@code peer}. */
    VirtualChannel(LocalServerChannel parent, VirtualChannel peer) {
        super(parent, peer);
        other = peer;
        peer.other = this;
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
        do {
            super.doWrite(in);
        } while (in.current() != null && isActive());
    }

    @Override
    protected void doClose() throws Exception {
        VirtualChannel peer = other;
        boolean resets = config != null && config.lingerSeconds == 0;
        if (resets && peer != null && peer.isActive()) {
            peer.eventLoop().execute(peer::sayReset);
        }
        super.doClose();
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
