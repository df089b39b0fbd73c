package io.fieldloop.oracle;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Copies the bytes of one connection in the gateway's pipeline, and has Wireshark's own text2pcap make packets of them. */
@ChannelHandler.Sharable
final class StreamTap extends ChannelDuplexHandler {
    private static final int PACKET_BYTES_MAX = 1400;

    private final StringBuilder dump = new StringBuilder();

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        note('I', message);
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        note('O', message);
        context.write(message, promise);
    }

    private void note(char direction, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            return;
        }
        int end = bytes.writerIndex();
        for (int from = bytes.readerIndex(); from < end; from += PACKET_BYTES_MAX) {
            String hex = ByteBufUtil.hexDump(bytes, from, Math.min(PACKET_BYTES_MAX, end - from));
            dump.append(direction)
                    .append(" 000000")
                    .append(hex.replaceAll("..", " $0"))
                    .append('\n');
        }
    }

    /** A capture of the connection so far, between some port and this one of the gateway. */
    Path capture(Path directory, int port) {
        try {
            Path text = Files.writeString(directory.resolve("stream.txt"), dump);
            Path capture = directory.resolve("stream.pcapng");
            OutsideProgram.output(
                    List.of("text2pcap", "-D", "-T", port + ",50000", text.toString(), capture.toString()));
            return capture;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
