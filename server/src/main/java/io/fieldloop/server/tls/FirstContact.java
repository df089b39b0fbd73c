package io.fieldloop.server.tls;

import io.fieldloop.server.connection.FirstBytesHandler;
import io.fieldloop.server.connection.FirstBytesHandler.Place;
import io.fieldloop.server.connection.FirstBytesPolicy;
import io.fieldloop.server.connection.HandshakeGuard;
import io.fieldloop.server.connection.PipelineSlots;
import io.netty.channel.ChannelPipeline;
import org.jspecify.annotations.Nullable;

/**
 * What a connection meets before a port's own protocol: TLS where the port has it, then a look at its first bytes.
 *
 * @param tls what speaks TLS on the port, or null on a plain one
 */
public record FirstContact(
        FirstBytesPolicy firstBytes, @Nullable TlsAcceptor tls) {
    /** A status would cost a TLS handshake, which is what a banned source may not have. */
    public boolean answersAreCostly() {
        return tls != null;
    }

    public void addTo(ChannelPipeline pipeline, HandshakeGuard guard, Place plainPort, Place insideTls) {
        addTls(pipeline, guard);
        Place place = tls == null ? plainPort : insideTls;
        pipeline.addLast(PipelineSlots.FIRST_BYTES, new FirstBytesHandler(guard, firstBytes, place));
    }

    /** For a port that does not look at first bytes. */
    public void addTls(ChannelPipeline pipeline, HandshakeGuard guard) {
        if (tls != null) {
            tls.addTo(pipeline, guard, firstBytes);
        }
    }
}
