package io.fieldloop.device.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** The application above the TLS handler: keeps every event and byte it is given. */
final class RecordingDevice extends ChannelInboundHandlerAdapter {

    final List<Object> events = new ArrayList<>();
    final List<Throwable> failures = new ArrayList<>();
    final ByteArrayOutputStream received = new ByteArrayOutputStream();

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf data = (ByteBuf) message;
        received.writeBytes(ByteBufUtil.getBytes(data));
        data.release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        events.add(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failures.add(cause);
    }

    DeviceTlsException failure() {
        if (failures.size() != 1) {
            throw new AssertionError("Expected exactly one failure, got " + failures + " and events " + events);
        }
        return (DeviceTlsException) failures.get(0);
    }
}
