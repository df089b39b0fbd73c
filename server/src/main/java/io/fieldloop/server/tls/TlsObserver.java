package io.fieldloop.server.tls;

import io.fieldloop.server.fault.FaultAction;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Receives the result of one TLS handshake, on the event loop of its connection.
 *
 * <p>At most one of {@link #established} and {@link #failed} is called, once. Neither is called when the gateway's own side closed the
 * connection first, be it a deadline or a fault that ends the handshake.
 */
public interface TlsObserver {
    /**
     * The handshake is complete; application data follows.
     *
     * @param suite the IANA name
     * @param serverName what the client asked for, or null if it named no host
     * @param resumed whether an earlier session was taken up again
     */
    void established(TlsVersion version, String suite, @Nullable String serverName, boolean resumed);

    /** The handshake failed; the connection is being closed. */
    void failed(TlsFailure failure);

    /** A fault of the TLS phase was applied. */
    void faultApplied(FaultAction fault);

    /** Tears the connection down as a crashed host would; called right after the fault that asks for it was reported. */
    void reset(Channel channel);

    /** An established connection broke in its TLS layer (a fatal alert, a forged record); it is being closed. */
    default void broken(TlsFailure failure) {}
}
