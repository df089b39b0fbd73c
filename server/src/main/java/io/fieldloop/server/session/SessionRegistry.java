package io.fieldloop.server.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.connection.ConnectionRegistry;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.ConnectionId;
import io.fieldloop.server.fault.Fault;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All live sessions of a gateway: makes one for each device, and knows them until they end. */
public final class SessionRegistry {
    private final SessionConfig config;
    private final Duration helloLimit;
    private final Stance stance;
    private final SecureRandom random;
    private final CannedReply reply = CannedReply.bundled();
    private final @Nullable Function<Session, SessionHandler> handlers;
    private final Map<ConnectionId, Session> live = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /**
     * Creates the empty set of sessions of a gateway.
     *
     * @param handlers who talks with each device; null for the xiaozhi conversation
     */
    public SessionRegistry(
            SessionConfig config,
            Duration helloLimit,
            Stance stance,
            SecureRandom random,
            @Nullable Function<Session, SessionHandler> handlers) {
        this.config = config;
        this.helloLimit = helloLimit;
        this.stance = stance;
        this.random = random;
        this.handlers = handlers;
    }

    /** A session over this link, which counts as live once it begins. */
    public Session newSession(DeviceLink link, DeviceIdentity identity) {
        return new Session(link, identity, this);
    }

    /** In the order of acceptance. */
    public List<SessionSnapshot> snapshots() {
        return ConnectionRegistry.inOrder(live).map(Session::snapshot).toList();
    }

    /** No new session is wanted any more. */
    public void beginStopping() {
        stopping = true;
    }

    public boolean stopping() {
        return stopping;
    }

    /** Closes every session with 1001, each on its own loop. */
    public void closeAll() {
        ConnectionRegistry.inOrder(live)
                .forEach(session ->
                        session.onLoop(() -> session.close(1001, "going away", CloseReason.GATEWAY_STOPPED)));
    }

    /** Session faults that begin while sessions are open: those of the devices they are for meet them now. */
    public void meet(List<Fault> faults) {
        ConnectionRegistry.inOrder(live).forEach(session -> session.onLoop(() -> session.meet(faults)));
    }

    /** Reports every session as ended, because their connections are about to be cut. */
    public void endAll() {
        ConnectionRegistry.inOrder(live)
                .forEach(session -> session.onLoop(() -> session.end(CloseReason.GATEWAY_STOPPED, null)));
    }

    /** Calls a tool of the device's MCP server; fails when the session is gone, the device refuses or 30 s pass. */
    public CompletableFuture<JsonNode> callTool(ConnectionId connection, String tool, ObjectNode arguments) {
        Session session = live.get(connection);
        return session == null
                ? CompletableFuture.failedFuture(
                        new IllegalStateException("There is no session on connection " + connection + "."))
                : session.callTool(tool, arguments);
    }

    public SessionConfig config() {
        return config;
    }

    Duration helloLimit() {
        return helloLimit;
    }

    boolean hardened() {
        return stance == Stance.HARDENED;
    }

    SessionHandler newHandler(Session session, DeviceIdentity identity) {
        if (handlers != null) {
            return handlers.apply(session);
        }
        AudioFraming framing = AudioFraming.V1;
        if (identity.behindMqttGateway()) {
            framing = AudioFraming.MQTT_GATEWAY;
        } else if (hardened()) {
            framing = AudioFraming.forVersion(identity.protocolVersion()).orElse(AudioFraming.V1);
        }
        return new Conversation(session, stance, reply, framing);
    }

    void add(Session session) {
        live.put(session.connection().id(), session);
    }

    void forget(ConnectionId connection) {
        live.remove(connection);
    }

    /** A version 4 UUID from the gateway's own source of chance. */
    String newSessionId() {
        byte[] bytes = new byte[2 * Long.BYTES];
        random.nextBytes(bytes); // one call: each has its price
        ByteBuffer drawn = ByteBuffer.wrap(bytes);
        long high = (drawn.getLong() & ~0xF000L) | 0x4000L;
        long low = (drawn.getLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
