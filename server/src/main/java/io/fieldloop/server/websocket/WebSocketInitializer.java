package io.fieldloop.server.websocket;

import io.fieldloop.server.connection.FirstBytesHandler.Place;
import io.fieldloop.server.connection.HandshakeGuard;
import io.fieldloop.server.connection.PipelineSlots;
import io.fieldloop.server.connection.ProtocolInitializer;
import io.fieldloop.server.session.SessionRegistry;
import io.fieldloop.server.tls.FirstContact;
import io.fieldloop.server.tls.TlsAcceptor;
import io.netty.channel.ChannelPipeline;
import org.jspecify.annotations.Nullable;

/** Builds the pipeline of a ws or wss port up to the upgrade. */
public final class WebSocketInitializer implements ProtocolInitializer {
    private final HandshakeRules rules;
    private final SessionRegistry sessions;
    private final FirstContact firstContact;

    /**
     * The pipeline of one listener.
     *
     * @param tls what speaks TLS on it, or null on a plain one
     */
    public WebSocketInitializer(HandshakeRules rules, SessionRegistry sessions, @Nullable TlsAcceptor tls) {
        this.rules = rules;
        this.sessions = sessions;
        this.firstContact = new FirstContact(rules.firstBytes(), tls);
    }

    @Override
    public boolean answersAreCostly() {
        return firstContact.answersAreCostly();
    }

    @Override
    public void build(ChannelPipeline pipeline, HandshakeGuard guard) {
        firstContact.addTo(pipeline, guard, Place.PLAIN_PORT, Place.INSIDE_TLS);
        pipeline.addLast(PipelineSlots.HTTP_DECODER, rules.newDecoder());
        pipeline.addLast(PipelineSlots.UPGRADE, new UpgradeHandler(guard, rules, sessions));
    }
}
