package io.fieldloop.server.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.PatientTimer;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.fault.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One device and the gateway in conversation, whatever carries it: time limits, faults, and an end that is reported once.
 *
 * <p>Its methods belong to the device's event loop, except where they say otherwise.
 */
public final class Session {
    private final DeviceLink link;
    private final Connection connection;
    private final DeviceIdentity identity;
    private final SessionRegistry sessions;
    private volatile String id;
    private final Instant since;
    private final SessionClock clock;
    private final SessionTimers timers;
    private final SessionHandler handler;
    private final List<Channel> owned = new ArrayList<>(0);
    private final Pings pings;
    private boolean over;
    private final IdleWatch idleWatch;
    private volatile String state = "connected";

    Session(DeviceLink link, DeviceIdentity identity, SessionRegistry sessions) {
        this.link = link;
        this.connection = link.connection();
        this.identity = identity;
        this.sessions = sessions;
        this.id = link.transport().standing() ? "" : sessions.newSessionId();
        this.since = connection.now();
        this.clock = new SessionClock(connection::nanoTime);
        this.pings = new Pings(this, link, clock, sessions.config().ping());
        this.timers = new SessionTimers(link.loop(), connection::nanoTime, this::noteState, this::failed);
        this.idleWatch = new IdleWatch(this, sessions.config().idle(), clock::sinceInput, this::idle);
        this.handler = sessions.newHandler(this, identity);
    }

    public Connection connection() {
        return connection;
    }

    public DeviceIdentity identity() {
        return identity;
    }

    public Transport transport() {
        return link.transport();
    }

    /** Where each hello begins a new turn of talk, that of the latest; empty before the first. */
    public String id() {
        return id;
    }

    /** Whether it has been reported as ended. */
    public boolean over() {
        return over;
    }

    /** Starts time limits, faults and conversation. */
    public void begin() {
        sessions.add(this);
        if (!transport().standing()) {
            if (handler instanceof Conversation conversation && sessions.hardened()) {
                after(sessions.helloLimit(), () -> helloDue(conversation));
            }
            idleWatch.begin();
            pings.begin();
        }
        new SessionFaults(this, link).arm();
        handler.begin();
    }

    /** Says this one text to a device that is not wanted, and closes with 1000. */
    public void dismiss(String text, CloseReason reason) {
        sendText(text);
        close(1000, "", reason);
    }

    /** The device sent a text message. */
    public void text(String text) {
        if (!over) {
            clock.input();
            handler.text(text);
            noteState();
        }
    }

    /** The device sent a message of bytes; the caller releases it. */
    public void binary(ByteBuf message) {
        if (!over) {
            clock.input();
            handler.binary(message);
            noteState();
        }
    }

    /** The device sent a ping; true if it is to be answered. */
    public boolean answersPing() {
        return !over && pings.answers();
    }

    /** The device answered a ping. */
    public void pong() {
        if (!over) {
            pings.answered();
        }
    }

    /** Something threw that should not. */
    public void failed(Throwable cause) {
        connection.emit(new GatewayEvent.ProtocolError(
                connection.id(), GatewayEvent.ProtocolError.Reason.INTERNAL_ERROR, cause.toString()));
        close(1011, "internal error", CloseReason.INTERNAL_ERROR);
    }

    public void sendText(String text) {
        clock.traffic();
        link.sendText(text);
    }

    /** Sends a message of bytes, and releases it. */
    public void sendBinary(ByteBuf message) {
        clock.traffic();
        link.sendBinary(message);
    }

    /** Closes with the transport's own goodbye; the first reason wins. */
    public void close(int code, String text, CloseReason reason) {
        if (!over && link.isOpen()) {
            // First, because in one process the answer arrives while the goodbye is being written.
            end(reason, link.goodbyeCode(code));
            link.sayGoodbye(code, text, sessions.config().closeTimeout());
        }
    }

    /** Runs later, unless the session ends before. */
    public PatientTimer after(Duration delay, Runnable action) {
        return timers.after(delay, action);
    }

    /** Gives it another channel, such as one for audio, that is closed when it ends. */
    public void own(Channel channel) {
        if (over) {
            channel.close();
        } else {
            owned.add(channel);
        }
    }

    /** Reports the end, the first time; whoever calls it ends the connection. */
    public void end(CloseReason reason, @Nullable Integer code) {
        if (over) {
            return;
        }
        over = true;
        timers.end();
        handler.end();
        owned.forEach(Channel::close);
        sessions.forget(connection.id());
        connection.emit(
                new GatewayEvent.SessionClosed(connection.id(), reason.by(), reason, code, clock.sinceOpened()));
    }

    /** The device said hello where the connection stands: its talk has an id and an idle limit of its own. */
    void beginTalk() {
        id = sessions.newSessionId();
        idleWatch.begin();
    }

    /** Opens what audio travels on beside messages, where the transport has that, and adds to a hello what the device needs for it. */
    public void openAudio(ObjectNode hello) {
        link.openAudio(hello);
    }

    DeviceLink link() {
        return link;
    }

    /** Sends a second hello in the middle of the talk, because a fault asks for that. */
    void rekey() {
        if (handler instanceof Conversation conversation) {
            conversation.rekey();
        }
    }

    /** Sends a message of the protocol and reports it; the session id is added, unless nobody has said hello where that gives it. */
    void send(ObjectNode message) {
        if (!transport().standing() || idleWatch.on()) {
            message.put("session_id", id);
        }
        String state = message.path("state").isTextual() ? message.path("state").asText() : null;
        sendText(message.toString());
        connection.emit(new GatewayEvent.MessageSent(
                connection.id(), message.path("type").asText(), state));
    }

    /** @param sequence that of the packet in its utterance */
    void sendAudio(AudioFraming framing, byte[] packet, int sequence) {
        long timestampMillis = clock.sinceOpened().toMillis();
        clock.traffic();
        link.sendAudio(framing.encode(link.allocator(), packet, sequence, timestampMillis), timestampMillis);
    }

    /** Faults that begin while it is open. */
    void meet(List<Fault> faults) {
        if (!over) {
            new SessionFaults(this, link).arm(faults);
        }
    }

    Pings pings() {
        return pings;
    }

    /** How long neither side has sent anything, pings and pongs included. */
    Duration quiet() {
        return clock.sinceTraffic();
    }

    /** A view for other threads. */
    SessionSnapshot snapshot() {
        return new SessionSnapshot(
                connection.id(),
                id,
                identity.deviceId(),
                identity.clientId(),
                connection.source(),
                connection.listener(),
                transport(),
                transport().standing() ? HelloExchange.MQTT_VERSION : identity.protocolVersion(),
                state,
                handler instanceof Conversation conversation ? conversation.tools() : List.of(),
                since,
                pings.roundTrip());
    }

    /** Where nothing is read, nobody hears the pause that ends an utterance either. */
    void stopReading() {
        link.stopReading();
        if (handler instanceof Conversation conversation) {
            conversation.stopListening();
        }
    }

    /** Runs on the device's loop, at once when already there. */
    void onLoop(Runnable action) {
        if (link.loop().inEventLoop()) {
            action.run();
        } else {
            link.loop().execute(action);
        }
    }

    CompletableFuture<JsonNode> callTool(String tool, ObjectNode arguments) {
        if (!(handler instanceof Conversation conversation)) {
            return CompletableFuture.failedFuture(new IllegalStateException("The session knows no MCP."));
        }
        CompletableFuture<JsonNode> result = new CompletableFuture<>();
        onLoop(() -> conversation.callTool(tool, arguments).whenComplete((value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(failure);
            }
        }));
        return result;
    }

    private void noteState() {
        if (handler instanceof Conversation conversation) {
            state = conversation.state();
        }
    }

    private void helloDue(Conversation conversation) {
        if (!conversation.greeted()) {
            connection.refused(RefusalReason.HELLO_TIMEOUT, null, null, null);
            close(1002, "no hello", CloseReason.HELLO_TIMEOUT);
        }
    }

    private void idle() {
        if (!transport().standing()) {
            close(1000, "idle", CloseReason.IDLE);
        } else if (handler instanceof Conversation conversation) {
            conversation.hangUp();
        }
    }
}
