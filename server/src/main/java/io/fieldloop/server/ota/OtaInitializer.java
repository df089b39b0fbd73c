package io.fieldloop.server.ota;

import io.fieldloop.server.connection.FirstBytesHandler.Place;
import io.fieldloop.server.connection.HandshakeGuard;
import io.fieldloop.server.connection.PipelineSlots;
import io.fieldloop.server.connection.ProtocolInitializer;
import io.fieldloop.server.tls.FirstContact;
import io.fieldloop.server.tls.TlsAcceptor;
import io.netty.channel.ChannelPipeline;
import org.jspecify.annotations.Nullable;

/** Builds the pipeline of an OTA port: one request for each connection, as devices ask. */
public final class OtaInitializer implements ProtocolInitializer {
    private final OtaDesk desk;
    private final FirstContact firstContact;

    /**
     * The pipeline of one listener.
     *
     * @param tls what speaks TLS on the listener, or null on a plain one
     */
    public OtaInitializer(OtaDesk desk, @Nullable TlsAcceptor tls) {
        this.desk = desk;
        this.firstContact = new FirstContact(desk.firstBytes(), tls);
    }

    @Override
    public boolean answersAreCostly() {
        return firstContact.answersAreCostly();
    }

    @Override
    public void build(ChannelPipeline pipeline, HandshakeGuard guard) {
        firstContact.addTo(pipeline, guard, Place.PLAIN_PORT, Place.INSIDE_TLS);
        pipeline.addLast(PipelineSlots.HTTP_DECODER, desk.newDecoder());
        pipeline.addLast(PipelineSlots.OTA, new OtaHandler(guard, desk));
    }
}
