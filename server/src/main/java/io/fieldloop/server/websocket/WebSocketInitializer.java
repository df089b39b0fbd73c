package io.fieldloop.server.websocket;

import io.fieldloop.server.connection.FirstBytesHandler;
import io.fieldloop.server.connection.FirstBytesHandler.Place;
import io.fieldloop.server.connection.HandshakeGuard;
import io.fieldloop.server.connection.PipelineSlots;
import io.fieldloop.server.connection.ProtocolInitializer;
import io.fieldloop.server.session.SessionRegistry;
import io.fieldloop.server.tls.TlsAcceptor;
import io.netty.channel.ChannelPipeline;
import org.jspecify.annotations.Nullable;

/** Builds the pipeline of a ws or wss port up to the upgrade. */
public final class WebSocketInitializer implements ProtocolInitializer {
    private final HandshakeRules rules;
    private final SessionRegistry sessions;
    private final @Nullable TlsAcceptor tls;

    /**
     * The pipeline of one listener.
     *
     * @param tls what speaks TLS on it, or null on a plain one
     */
    public WebSocketInitializer(HandshakeRules rules, SessionRegistry sessions, @Nullable TlsAcceptor tls) {
        this.rules = rules;
        this.sessions = sessions;
        this.tls = tls;
    }

    /** A status would cost a TLS handshake, which is what a banned source may not have. */
    @Override
    public boolean answersAreCostly() {
        return tls != null;
    }

    @Override
    public void build(ChannelPipeline pipeline, HandshakeGuard guard) {
        if (tls != null) {
            tls.addTo(pipeline, guard, rules.firstBytes());
        }
        Place place = tls == null ? Place.PLAIN_PORT : Place.INSIDE_TLS;
        pipeline.addLast(PipelineSlots.FIRST_BYTES, new FirstBytesHandler(guard, rules.firstBytes(), place));
        pipeline.addLast(PipelineSlots.HTTP_DECODER, rules.newDecoder());
        pipeline.addLast(PipelineSlots.UPGRADE, new UpgradeHandler(guard, rules, sessions));
    }
}
