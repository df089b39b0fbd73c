package io.fieldloop.server.voice;

import io.fieldloop.server.connection.PipelineSlots;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.GatewayListener;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import java.util.function.Consumer;

/** Builds the pipeline of a voice port, and hands the port out. */
public final class VoiceInitializer extends ChannelInitializer<Channel> {
    /** More than Ethernet carries; a larger datagram is cut, and is no voice packet then. */
    private static final int DATAGRAM_BYTES_MAX = 2048;

    /**
     * What the kernel keeps while the loop is busy; it grants what its rmem_max allows. Linux' default of 212,992 bytes is full with some 280
     * packets, and several hundred devices that began together speak in the same instant every 60 ms.
     */
    private static final int BUFFER_BYTES = 4 << 20;

    /** Several for one call of the system, where it knows such a call. */
    private static final int DATAGRAMS_AT_ONCE = 64;

    private final String listener;
    private final VoiceConfig config;
    private final Stance stance;
    private final GatewayListener events;
    private final Consumer<VoicePort> ports;

    public VoiceInitializer(
            String listener, VoiceConfig config, Stance stance, GatewayListener events, Consumer<VoicePort> ports) {
        this.listener = listener;
        this.config = config;
        this.stance = stance;
        this.events = events;
        this.ports = ports;
    }

    @Override
    protected void initChannel(Channel channel) {
        receive(channel);
        VoicePort port = new VoicePort(listener, config, stance, channel, events);
        channel.pipeline().addLast(PipelineSlots.VOICE, new VoiceHandler(port));
        ports.accept(port);
    }

    private static void receive(Channel channel) {
        if (channel instanceof DatagramChannel socket) {
            socket.config().setReceiveBufferSize(BUFFER_BYTES);
        }
        int atOnce = 1;
        if (channel instanceof EpollDatagramChannel epoll) {
            epoll.config().setMaxDatagramPayloadSize(DATAGRAM_BYTES_MAX);
            atOnce = DATAGRAMS_AT_ONCE;
        }
        channel.config()
                .setOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(atOnce * DATAGRAM_BYTES_MAX));
    }
}
