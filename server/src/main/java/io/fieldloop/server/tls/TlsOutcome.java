package io.fieldloop.server.tls;

import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.HandshakeGuard;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.fault.TlsFault;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** Carries what the TLS layer of one connection reports to the handshake and to the events. */
final class TlsOutcome implements TlsObserver {
    private final HandshakeGuard handshake;
    private final Connection connection;

    TlsOutcome(HandshakeGuard handshake) {
        this.handshake = handshake;
        this.connection = handshake.connection();
    }

    @Override
    public void established(TlsVersion version, String suite, @Nullable String serverName, boolean resumed) {
        connection.beSecured();
        connection.emit(new GatewayEvent.TlsEstablished(
                connection.id(), version.wireName(), suite, serverName, resumed, connection.elapsed()));
    }

    @Override
    public void failed(TlsFailure failure) {
        Integer alert = failure.alertReceived() != null ? failure.alertReceived() : failure.alertSent();
        handshake.refused(failure.reason(), failure.text(), alert);
    }

    /** The end a fault brings to a handshake is no refusal, and no deadline may end a stall before the device does. */
    @Override
    public void faultApplied(FaultAction fault) {
        if (fault instanceof TlsFault.TlsEnd) {
            handshake.decide();
        }
        connection.applied(fault);
    }

    @Override
    public void reset(Channel channel) {
        connection.reset();
    }
}
