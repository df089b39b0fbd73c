package io.fieldloop.server.tls;

import io.fieldloop.server.connection.FirstBytesHandler;
import io.fieldloop.server.connection.FirstBytesHandler.Place;
import io.fieldloop.server.connection.FirstBytesPolicy;
import io.fieldloop.server.connection.HandshakeGuard;
import io.fieldloop.server.connection.PipelineSlots;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.fault.SessionFault;
import io.fieldloop.server.fault.TlsFault;
import io.fieldloop.server.pki.CertificateChain;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The TLS of one listener: makes the handler each accepted connection begins with, and swaps certificates under way.
 *
 * <p>Safe to use from any thread; the handlers belong to their connection's event loop.
 */
public final class TlsAcceptor {
    private final EngineSource source;
    private volatile TlsConfig config;
    private volatile TlsEngines engines;

    /**
     * Prepares the engines.
     *
     * @param random where Bouncy Castle takes every random byte from
     * @param seeded true where every byte on the wire must come from {@code random}, as on in-process channels: {@link Engine#AUTO} is
     *     Bouncy Castle then
     * @param arithmetic one that remembers only where {@code random} is seeded
     * @param clock what the dates of clients' certificates are held against
     * @throws IllegalArgumentException with one sentence, if {@link Engine#BORINGSSL} was asked for and cannot do what the
     *     configuration says
     */
    public TlsAcceptor(
            TlsConfig config, SecureRandom random, boolean seeded, SharedArithmetic arithmetic, InstantSource clock) {
        this.config = config;
        TicketKeys ticketKeys = new TicketKeys(random, config.tickets().keyLifetime());
        this.source = new EngineSource(random, seeded, arithmetic, clock, ticketKeys);
        this.engines = TlsEngines.of(config, source);
    }

    /** Which library serves clients that ask nothing unusual, and why where it is not BoringSSL. */
    public String engine() {
        return engines.described();
    }

    /** Puts TLS at the end of a new connection's pipeline, behind a look at its first bytes. */
    public void addTo(ChannelPipeline pipeline, HandshakeGuard guard, FirstBytesPolicy policy) {
        pipeline.addLast(PipelineSlots.WIRE_FIRST_BYTES, new FirstBytesHandler(guard, policy, Place.TLS_PORT));
        List<FaultAction> faults = guard.connection().faults(FaultAction.class);
        pipeline.addLast(PipelineSlots.TLS, newHandler(faults, new TlsOutcome(guard)));
    }

    /**
     * The handler to put in a new connection's pipeline; behind it flows application data.
     *
     * @param faults what is to go wrong on this connection; those that ask something of the engine decide which one serves it
     */
    public ChannelHandler newHandler(List<? extends FaultAction> faults, TlsObserver observer) {
        List<TlsFault> ofTls = new ArrayList<>(faults.size());
        boolean fullFeatured = false;
        for (FaultAction fault : faults) {
            if (fault instanceof TlsFault tlsFault) {
                ofTls.add(tlsFault);
            }
            fullFeatured |= fault instanceof SessionFault.RequestRenegotiation
                    || fault instanceof SessionFault.UpdateKeys
                    || fault instanceof TlsFault.FragmentHandshake
                    || fault instanceof TlsFault.SendTicket;
        }
        return new ClientHelloHandler(this, ofTls, fullFeatured, observer);
    }

    /**
     * Serves other chains to handshakes that begin from now on; established connections live on, and tickets of theirs stay good.
     *
     * @param byServerName as in {@link TlsConfig}; names that are left out are served the default
     */
    public synchronized void swap(Map<String, CertificateChain> byServerName) {
        TlsConfig swapped = config.withByServerName(byServerName);
        engines = TlsEngines.of(swapped, source);
        config = swapped;
    }

    void install(
            ChannelHandlerContext behind,
            ClientHello hello,
            List<TlsFault> faults,
            boolean fullFeatured,
            TlsObserver observer) {
        TlsEngines present = engines;
        TlsEngine engine = fullFeatured ? present.fullFeatured() : present.forClient(hello);
        engine.install(behind, hello, faults, observer);
    }
}
