package io.fieldloop.server.ota;

import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.LingeringClose;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.fault.OtaFault.StopDownload;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends firmware piece by piece, each when the one before it was taken.
 *
 * <p>So a client that takes nothing costs one piece and a timer, and is cut off when that timer ends.
 */
final class FirmwareSending {
    private static final int PIECE_BYTES = 16 * 1024;
    private static final long TAKEN_WITHIN_SECONDS = 60;

    private final ChannelHandlerContext ctx;
    private final Connection connection;
    private final ByteRange range;
    private final Function<ByteRange, ByteBuf> pieces;
    private final ByteBuf end;
    private final @Nullable StopDownload stop;
    private final int sendable;
    private int sent;
    private boolean over;

    /**
     * The sending of one body.
     *
     * @param pieces what is written for a part of the image
     * @param end what is written behind the last one
     * @param stop where a fault stops it, or null
     */
    FirmwareSending(
            ChannelHandlerContext ctx,
            Connection connection,
            ByteRange range,
            Function<ByteRange, ByteBuf> pieces,
            ByteBuf end,
            @Nullable StopDownload stop) {
        this.ctx = ctx;
        this.connection = connection;
        this.range = range;
        this.pieces = pieces;
        this.end = end;
        this.stop = stop;
        this.sendable = stop == null ? range.length() : (int) ((long) range.length() * stop.percent() / 100);
    }

    void start(int status) {
        ctx.channel().closeFuture().addListener(closed -> ended(status));
        next(status);
    }

    private void next(int status) {
        int length = Math.min(PIECE_BYTES, sendable - sent);
        if (length > 0) {
            write(pieces.apply(new ByteRange(range.first() + sent, length))).addListener(taken -> {
                if (taken.isSuccess()) {
                    sent += length;
                    next(status);
                }
            });
        } else if (stop == null) {
            write(end.retainedSlice()).addListener(taken -> {
                ended(status);
                LingeringClose.close(ctx, connection.secured());
            });
        } else {
            ctx.flush();
            stopAs(stop.how());
        }
    }

    private ChannelFuture write(ByteBuf piece) {
        ChannelFuture written = ctx.writeAndFlush(piece);
        if (!written.isDone()) {
            Future<?> limit = ctx.executor().schedule(() -> ctx.close(), TAKEN_WITHIN_SECONDS, TimeUnit.SECONDS);
            written.addListener(taken -> limit.cancel(false));
        }
        return written;
    }

    private void stopAs(StopDownload.How how) {
        switch (how) {
            case CLOSE -> LingeringClose.close(ctx, connection.secured());
            case RESET -> connection.reset();
            case STALL -> {}
        }
    }

    private void ended(int status) {
        if (!over) {
            over = true;
            ReferenceCountUtil.release(end);
            connection.emit(new GatewayEvent.FirmwareSent(
                    connection.id(), status, sent, range.length(), sent == range.length()));
        }
    }
}
