package io.fieldloop.server.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.PipelineSlots;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.ConnectionId;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.websocket.TextCheck;
import io.fieldloop.server.websocket.Upgrades;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** All live sessions of a gateway: builds one behind each upgrade, and knows them until they end. */
public final class SessionRegistry implements Upgrades {
    private final SessionConfig config;
    private final Duration helloLimit;
    private final Stance stance;
    private final SecureRandom random;
    private final CannedReply reply;
    private final BiConsumer<Connection, RefusalReason> refusedLate;
    private final Consumer<Connection> greeted;
    private final ConcurrentNavigableMap<ConnectionId, Session> live = new ConcurrentSkipListMap<>();

    /**
     * Creates the empty set of sessions of a gateway.
     *
     * @param refusedLate records refusals that come after the upgrade
     * @param greeted hears of each connection on which a device said hello
     */
    public SessionRegistry(
            SessionConfig config,
            Duration helloLimit,
            Stance stance,
            SecureRandom random,
            CannedReply reply,
            BiConsumer<Connection, RefusalReason> refusedLate,
            Consumer<Connection> greeted) {
        this.config = config;
        this.helloLimit = helloLimit;
        this.stance = stance;
        this.random = random;
        this.reply = reply;
        this.refusedLate = refusedLate;
        this.greeted = greeted;
    }

    @Override
    public void upgraded(ChannelHandlerContext ctx, Connection connection, DeviceIdentity identity) {
        Session session = install(ctx, connection, identity);
        live.put(connection.id(), session);
        session.begin();
    }

    @Override
    public void dismissed(ChannelHandlerContext ctx, Connection connection, DeviceIdentity identity, String text) {
        CloseReason reason =
                identity.deviceId() == null ? CloseReason.DEVICE_ID_MISSING : CloseReason.AUTHENTICATION_FAILED;
        install(ctx, connection, identity).dismiss(text, reason);
    }

    /** In the order of acceptance. */
    public List<SessionSnapshot> snapshots() {
        return live.values().stream().map(Session::snapshot).toList();
    }

    /** Closes every session with 1001, each on its own loop. */
    public void closeAll() {
        live.values()
                .forEach(session ->
                        session.onLoop(() -> session.close(1001, "going away", CloseReason.GATEWAY_STOPPED)));
    }

    /** Reports every session as ended, because their connections are about to be cut. */
    public void endAll() {
        live.values().forEach(session -> session.onLoop(() -> session.end(CloseReason.GATEWAY_STOPPED, null)));
    }

    /** Calls a tool of the device's MCP server; fails when the session is gone, the device refuses or 30 s pass. */
    public CompletableFuture<JsonNode> callTool(ConnectionId connection, String tool, ObjectNode arguments) {
        Session session = live.get(connection);
        return session == null
                ? CompletableFuture.failedFuture(
                        new IllegalStateException("There is no session on connection " + connection + "."))
                : session.callTool(tool, arguments);
    }

    SessionConfig config() {
        return config;
    }

    Duration helloLimit() {
        return helloLimit;
    }

    Stance stance() {
        return stance;
    }

    boolean hardened() {
        return stance == Stance.HARDENED;
    }

    CannedReply reply() {
        return reply;
    }

    void forget(ConnectionId connection) {
        live.remove(connection);
    }

    void greeted(Connection connection) {
        greeted.accept(connection);
    }

    void refusedLate(Connection connection, RefusalReason reason) {
        refusedLate.accept(connection, reason);
    }

    /** A version 4 UUID from the gateway's own source of chance. */
    String newSessionId() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    private Session install(ChannelHandlerContext ctx, Connection connection, DeviceIdentity identity) {
        WebSocketDecoderConfig frames = WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(true)
                .allowExtensions(false)
                .maxFramePayloadLength(config.messageBytesMax())
                .closeOnProtocolViolation(false)
                .build();
        Session session = new Session(ctx.executor(), connection, identity, this);
        ChannelPipeline pipeline = ctx.pipeline();
        String last = PipelineSlots.LAST_RESORT;
        pipeline.addBefore(last, PipelineSlots.FRAME_DECODER, new WebSocket13FrameDecoder(frames));
        pipeline.addBefore(last, PipelineSlots.FRAME_ENCODER, new WebSocket13FrameEncoder(false));
        pipeline.addBefore(last, PipelineSlots.UTF8_CHECK, new TextCheck());
        pipeline.addBefore(
                last, PipelineSlots.MESSAGE_AGGREGATOR, new WebSocketFrameAggregator(config.messageBytesMax()));
        pipeline.addBefore(last, PipelineSlots.SESSION, session);
        return session;
    }
}
