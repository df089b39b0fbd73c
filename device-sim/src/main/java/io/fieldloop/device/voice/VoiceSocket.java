package io.fieldloop.device.voice;

import io.fieldloop.device.conversation.MessageSink;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The device's UDP socket for voice, last in its pipeline: datagrams of the server go to whoever listens on the channel. */
public final class VoiceSocket extends ChannelInboundHandlerAdapter {

    private final VoiceFlow flow;
    private final Supplier<MessageSink> sink;
    private @Nullable Channel channel;

    public VoiceSocket(VoiceFlow flow, Supplier<MessageSink> sink) {
        this.flow = flow;
        this.sink = sink;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel = ctx.channel();
    }

    public void send(byte[] opus) {
        Channel open = channel;
        if (open != null && !open.isActive()) {
            flow.notConnected();
        } else if (open != null) {
            open.writeAndFlush(flow.seal(open.alloc(), opus));
        }
    }

    public void close() {
        Channel open = channel;
        channel = null;
        if (open != null) {
            flow.closed();
            if (open.isRegistered()) {
                open.close();
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof ByteBuf datagram && channel != null) {
                long bytes = flow.take(datagram);
                if (bytes >= 0) {
                    sink.get().audio(bytes);
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /** lwIP tells a UDP socket of no ICMP error. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {}
}
