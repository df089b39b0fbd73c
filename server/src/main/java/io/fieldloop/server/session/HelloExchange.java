package io.fieldloop.server.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.fault.FaultAction.HelloFault;
import java.util.Optional;

/** Takes the device's hello and gives the gateway's, bent by whatever faults apply. */
final class HelloExchange {
    private final Session session;
    private final Stance stance;
    private final Runnable greeted;
    private boolean sent;

    /** @param greeted runs when a proper hello was sent, and again when the device's own arrives after it */
    HelloExchange(Session session, Stance stance, Runnable greeted) {
        this.session = session;
        this.stance = stance;
        this.greeted = greeted;
    }

    /** Sends the hello before the device's, where a fault asks for that. */
    void begin() {
        boolean unprompted = applied(FaultAction.UnpromptedHello.class).isPresent();
        if (unprompted
                || session.connection()
                        .fault(FaultAction.FirstFrameWithResponse.class)
                        .isPresent()) {
            send(defaultAudio());
        }
    }

    /** Answers the device's hello, unless the answer went ahead of it. */
    void answer(JsonNode hello) {
        if (sent) {
            greeted.run();
            return;
        }
        if (applied(FaultAction.OmitHello.class).isPresent()) {
            return;
        }
        JsonNode offered = hello.path("audio_params");
        // The Python server gives the client's own parameters back.
        ObjectNode audio =
                stance == Stance.COMPAT && offered instanceof ObjectNode object ? object.deepCopy() : defaultAudio();
        Optional<FaultAction.DelayHello> delay = applied(FaultAction.DelayHello.class);
        if (delay.isPresent()) {
            session.after(delay.get().by(), () -> send(audio));
        } else {
            send(audio);
        }
    }

    private void send(ObjectNode audio) {
        sent = true;
        Optional<FaultAction.HelloGarbage> garbage = applied(FaultAction.HelloGarbage.class);
        if (garbage.isPresent()) {
            session.sendText(garbage.get().text());
            return;
        }
        ObjectNode hello = Json.message("hello").put("version", 1);
        Optional<FaultAction.HelloTransport> other = applied(FaultAction.HelloTransport.class);
        String transport = other.isPresent() ? other.get().value() : "websocket";
        if (transport != null) {
            hello.put("transport", transport);
        }
        hello.set("audio_params", audio);
        hello.put("session_id", session.id());
        session.sendText(hello.toString());
        Connection connection = session.connection();
        connection.emit(new GatewayEvent.HelloSent(connection.id(), session.id()));
        greeted.run();
    }

    private <T extends HelloFault> Optional<T> applied(Class<T> type) {
        Optional<T> fault = session.connection().fault(type);
        fault.ifPresent(session.connection()::applied);
        return fault;
    }

    private static ObjectNode defaultAudio() {
        return Json.object()
                .put("format", "opus")
                .put("sample_rate", 24000)
                .put("channels", 1)
                .put("frame_duration", 60);
    }
}
