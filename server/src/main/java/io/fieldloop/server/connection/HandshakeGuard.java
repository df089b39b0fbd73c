package io.fieldloop.server.connection;

import io.fieldloop.server.event.RefusalReason;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one place where a handshake ends: recorded once, answered if there is an answer, closed.
 *
 * <p>Several handlers and timers may find fault with the same connection; the first reason wins.
 */
public final class HandshakeGuard {
    private final Connection connection;
    private Optional<RefusalReason> sourceRefusal;
    private boolean decided;
    private @Nullable PatientTimer deadline;

    public HandshakeGuard(Connection connection, Optional<RefusalReason> sourceRefusal) {
        this.connection = connection;
        this.sourceRefusal = sourceRefusal;
    }

    public Connection connection() {
        return connection;
    }

    /** What is held against the source address, if anything. */
    public Optional<RefusalReason> sourceRefusal() {
        return sourceRefusal;
    }

    /** A trusted front says whom it speaks for; from now on that is the source, and counted. */
    public void passedOn(InetAddress realSource, String by) {
        connection.passedOn(realSource, by);
        if (!connection.isFromFront()) {
            sourceRefusal = connection.admit();
        }
    }

    public Duration banLeft() {
        return connection.banLeft();
    }

    public boolean decided() {
        return decided;
    }

    /** Refuses for this reason unless something is decided before the time is over; replaces an earlier deadline. */
    public void expectWithin(ChannelHandlerContext ctx, Duration limit, RefusalReason otherwise) {
        cancelDeadline();
        if (!decided) {
            deadline = new PatientTimer(ctx.executor(), connection::nanoTime, limit, () -> refuse(ctx, otherwise));
        }
    }

    /** Takes the one decision there is, and with it the deadline; true for the first caller. */
    public boolean decide() {
        cancelDeadline();
        boolean first = !decided;
        decided = true;
        return first;
    }

    /** Records the refusal and closes without a word. */
    public void refuse(ChannelHandlerContext ctx, RefusalReason reason) {
        refuse(ctx, reason, null, null);
    }

    /** Records the refusal, answers and closes. */
    public void refuse(
            ChannelHandlerContext ctx, RefusalReason reason, @Nullable String detail, @Nullable Answer answer) {
        if (!decide()) {
            return;
        }
        connection.refused(reason, detail, answer == null ? null : answer.status(), null);
        if (answer == null) {
            ctx.channel().close();
        } else {
            ctx.writeAndFlush(answer.encode(ctx.alloc()))
                    .addListener(written -> LingeringClose.close(ctx, connection.secured()));
        }
    }

    /** Records a refusal that was already carried out, such as by the TLS engine with an alert. */
    public void refused(RefusalReason reason, @Nullable String detail, @Nullable Integer alert) {
        if (decide()) {
            connection.refused(reason, detail, null, alert);
        }
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
    }
}
