package io.fieldloop.scenario.probe;

import io.fieldloop.device.tls.ClientHelloShape;
import io.fieldloop.device.tls.DeviceTlsHandler;
import io.fieldloop.device.tls.HeapBudget;
import io.fieldloop.device.tls.KeptSessions;
import io.fieldloop.device.tls.TlsClientConfig;
import io.fieldloop.device.tls.TlsEstablished;
import io.fieldloop.device.tls.TlsTrait;
import io.fieldloop.device.tls.Verification;
import io.fieldloop.device.tls.crypto.SharedArithmetic;
import io.fieldloop.scenario.probe.finding.TicketFinding;
import io.fieldloop.scenario.probe.wire.Connection;
import io.fieldloop.scenario.probe.wire.Connector;
import io.fieldloop.scenario.probe.wire.UpgradeAsk;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connects twice with each version, the second time with what the server gave the first time.
 *
 * <p>The client is the simulated devices', which keeps sessions; the offer is a desktop's, so that a server is not missed for its suites.
 */
final class TicketExamination {
    private final Connector connector;
    private final UpgradeAsk ask;
    private final Instant now;

    TicketExamination(Connector connector, UpgradeAsk ask, Instant now) {
        this.connector = connector;
        this.ask = ask;
        this.now = now;
    }

    /** A finding for each version in which there was a session. */
    List<TicketFinding> examine(List<String> versions, int chainBytes) throws IOException {
        List<TicketFinding> findings = new ArrayList<>();
        for (String version : versions) {
            KeptSessions sessions = new KeptSessions();
            if (shake(version, sessions) != null) {
                int bytes = sessions.ticketBytes(connector.url().host());
                TlsEstablished again = shake(version, sessions);
                findings.add(new TicketFinding(version, bytes, bytes > chainBytes, again != null && again.resumed()));
            }
        }
        return findings;
    }

    /** One connection; null where there was no session. */
    private @Nullable TlsEstablished shake(String version, KeptSessions sessions) throws IOException {
        Witness witness = new Witness();
        EmbeddedChannel tls = new EmbeddedChannel(new DeviceTlsHandler(config(version, sessions)), witness);
        try (Connection connection = connector.plain(connector.url().port(), Connector.LIMIT)) {
            send(tls, connection);
            while (!witness.answered) {
                byte[] piece = connection.receive();
                if (piece.length == 0) {
                    break;
                }
                boolean before = witness.established != null;
                tls.writeInbound(Unpooled.wrappedBuffer(piece));
                if (!before && witness.established != null) {
                    // Some servers send tickets of TLS 1.3 with the first bytes of their own.
                    tls.writeOutbound(Unpooled.copiedBuffer(ask.text(), StandardCharsets.US_ASCII));
                }
                send(tls, connection);
            }
        } catch (IOException ended) {
            return witness.established; // by then a ticket has come, or will not
        } finally {
            tls.finishAndReleaseAll();
        }
        return witness.established;
    }

    private TlsClientConfig config(String version, KeptSessions sessions) {
        return new TlsClientConfig(
                ClientHelloShape.DESKTOP.withVersions(List.of(version)).with(TlsTrait.KEEPS_SESSIONS),
                connector.url().host(),
                List.of(),
                Verification.NONE,
                false,
                InstantSource.fixed(now),
                HeapBudget.unlimited(),
                null,
                sessions,
                connector.random(),
                SharedArithmetic.none());
    }

    private static void send(EmbeddedChannel tls, Connection connection) throws IOException {
        for (ByteBuf out = tls.readOutbound(); out != null; out = tls.readOutbound()) {
            byte[] bytes = ByteBufUtil.getBytes(out);
            out.release();
            connection.send(bytes);
        }
    }

    /** Notes what comes out of TLS. */
    private static final class Witness extends ChannelInboundHandlerAdapter {
        private @Nullable TlsEstablished established;
        private boolean answered;

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof TlsEstablished session) {
                established = session;
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            answered = true;
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            answered = true;
        }
    }
}
