package io.fieldloop.server.connection;

import io.netty.channel.ChannelPipeline;

/** Builds what speaks a listener's protocol, behind the admission that all listeners have in common. */
public interface ProtocolInitializer {
    /** Whether a first answer costs so much, as in TLS, that a source with too many connections gets none. */
    boolean answersAreCostly();

    void build(ChannelPipeline pipeline, HandshakeGuard guard);
}
