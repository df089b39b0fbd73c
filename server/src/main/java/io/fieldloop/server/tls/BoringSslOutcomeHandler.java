package io.fieldloop.server.tls;

import io.fieldloop.server.connection.TlsReady;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.internal.tcnative.SSL;
import java.nio.channels.ClosedChannelException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Sits behind Netty's {@link SslHandler} and turns its events and exceptions into one report. */
final class BoringSslOutcomeHandler extends ChannelDuplexHandler {
    /** Such as {@code error:10000415:SSL routines:OPENSSL_internal:SSLV3_ALERT_CERTIFICATE_EXPIRED}. */
    private static final Pattern ERROR_CODE = Pattern.compile("error:([0-9a-fA-F]{8}):[^ ]*.*ALERT");

    /** The reason code, the low 12 bits of an error, of a received alert is this plus its number (SSL_AD_REASON_OFFSET). */
    private static final int ALERT_REASON_OFFSET = 1000;

    private enum State {
        HANDSHAKING,
        /** The failure is known; the alert it causes is still on its way out, and belongs into the report. */
        FAILING,
        ESTABLISHED,
        /** Nothing more is reported. */
        OVER
    }

    /** What explains a handshake that fails. */
    private record Attempt(ClientHello hello, AlertTap tap, Set<TlsVersion> served) {}

    private final SslHandler ssl;
    private final TlsObserver observer;
    /** Null once the handshake is complete: a device may stay for days, and nobody asks any more. */
    private @Nullable Attempt attempt;

    private State state = State.HANDSHAKING;
    private @Nullable Throwable failure;

    BoringSslOutcomeHandler(
            SslHandler ssl, AlertTap tap, ClientHello hello, Set<TlsVersion> served, TlsObserver observer) {
        this.ssl = ssl;
        this.attempt = new Attempt(hello, tap, served);
        this.observer = observer;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent completion) {
            if (completion.isSuccess()) {
                established(ctx);
            } else {
                failing(ctx, completion.cause());
            }
        } else if (event instanceof SslCloseCompletionEvent close) {
            if (close.isSuccess()) {
                ctx.close();
            }
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    private void established(ChannelHandlerContext ctx) {
        Attempt successful = attempt;
        if (state != State.HANDSHAKING || successful == null) {
            return;
        }
        state = State.ESTABLISHED;
        attempt = null;
        ctx.pipeline().remove(successful.tap());
        SSLSession session = ssl.engine().getSession();
        TlsVersion version = TlsVersion.named(session.getProtocol())
                .orElseThrow(() -> new IllegalStateException("BoringSSL agreed on " + session.getProtocol()));
        observer.established(
                version,
                session.getCipherSuite(),
                successful.hello().serverName(),
                ssl.engine() instanceof ReferenceCountedOpenSslEngine engine
                        && SSL.isSessionReused(engine.sslPointer()));
        ctx.fireUserEventTriggered(TlsReady.READY);
    }

    private void failing(ChannelHandlerContext ctx, Throwable cause) {
        if (state != State.HANDSHAKING) {
            return;
        }
        state = State.FAILING;
        failure = cause;
        ctx.executor().execute(() -> reportFailure(ctx));
    }

    private void reportFailure(ChannelHandlerContext ctx) {
        Throwable cause = failure;
        Attempt failed = attempt;
        if (state != State.FAILING || cause == null || failed == null) {
            return;
        }
        state = State.OVER;
        observer.failed(describe(failed, cause));
        ctx.close();
    }

    private static TlsFailure describe(Attempt failed, Throwable cause) {
        AlertTap tap = failed.tap();
        Integer received = tap.alertReceived() != null ? tap.alertReceived() : alertIn(cause);
        if (received != null) {
            return TlsFailure.alertReceived(received);
        }
        if (cause instanceof NotSslRecordException) {
            return TlsFailure.garbage(
                    "The client sent bytes that are no TLS record in the middle of the handshake.", null);
        }
        if (cause instanceof ClosedChannelException || isEof(cause)) {
            return TlsFailure.eof();
        }
        return TlsFailure.ofEngine(failed.hello(), failed.served(), tap.alertSent(), tap.answered(), cause);
    }

    private static boolean isEof(Throwable cause) {
        return cause instanceof SSLHandshakeException
                && String.valueOf(cause.getMessage()).startsWith("Connection closed");
    }

    private static @Nullable Integer alertIn(Throwable cause) {
        Matcher matcher = ERROR_CODE.matcher(String.valueOf(cause.getMessage()));
        if (!matcher.find()) {
            return null;
        }
        int reason = Integer.parseUnsignedInt(matcher.group(1), 16) & 0xFFF;
        return reason < ALERT_REASON_OFFSET ? null : reason - ALERT_REASON_OFFSET;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        reportFailure(ctx);
        state = State.OVER;
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Throwable root = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        if (state == State.ESTABLISHED && root instanceof SSLException) {
            state = State.OVER;
            Integer received = alertIn(root);
            observer.broken(
                    received != null ? TlsFailure.alertReceived(received) : TlsFailure.ofConnection(null, root));
            ctx.close();
        } else if (state == State.ESTABLISHED) {
            ctx.fireExceptionCaught(cause);
        } else {
            // The handshake's own failure, told by its event, or the end of a connection that is over.
            ctx.close();
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (state == State.HANDSHAKING) {
            state = State.OVER;
        }
        ctx.close(promise);
    }
}
