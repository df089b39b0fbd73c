package io.fieldloop.server.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.fault.FaultAction.HelloFault;
import io.fieldloop.server.fault.FaultTable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the device's hello and gives the gateway's, bent by whatever faults apply. */
final class HelloExchange {
    private static final FaultTable<HelloExchange, HelloFault> BENDS = new FaultTable<HelloExchange, HelloFault>(
                    HelloFault.class)
            .on(FaultAction.DelayHello.class, (hello, fault) -> hello.delay = fault.by())
            .on(FaultAction.OmitHello.class, (hello, fault) -> hello.omitted = true)
            .on(FaultAction.HelloTransport.class, (hello, fault) -> hello.transport = fault.value())
            .on(FaultAction.HelloGarbage.class, (hello, fault) -> hello.garbage = fault.text())
            .on(FaultAction.UnpromptedHello.class, (hello, fault) -> hello.unprompted = true)
            .complete();

    private final Session session;
    private final Stance stance;
    private final Runnable greeted;
    private final List<HelloFault> faults;
    private @Nullable String transport = "websocket";
    private @Nullable String garbage;
    private Duration delay = Duration.ZERO;
    private boolean omitted;
    private boolean unprompted;
    private boolean sent;

    /** @param greeted runs when a proper hello was sent, and again when the device's own arrives after it */
    HelloExchange(Session session, Stance stance, Runnable greeted) {
        this.session = session;
        this.stance = stance;
        this.greeted = greeted;
        this.faults = session.connection().faults(HelloFault.class);
        faults.forEach(fault -> BENDS.act(this, fault));
    }

    /** Sends the hello before the device's, where a fault asks for that. */
    void begin() {
        if (unprompted
                || session.connection()
                        .fault(FaultAction.FirstFrameWithResponse.class)
                        .isPresent()) {
            faults.forEach(session.connection()::applied);
            send(defaultAudio());
        }
    }

    /** Answers the device's hello, unless the answer went ahead of it. */
    void answer(JsonNode hello) {
        if (sent) {
            greeted.run();
            return;
        }
        faults.forEach(session.connection()::applied);
        JsonNode offered = hello.path("audio_params");
        // The Python server gives the client's own parameters back.
        ObjectNode audio =
                stance == Stance.COMPAT && offered instanceof ObjectNode object ? object.deepCopy() : defaultAudio();
        if (!omitted && delay.isZero()) {
            send(audio);
        } else if (!omitted) {
            session.after(delay, () -> send(audio));
        }
    }

    private void send(ObjectNode audio) {
        sent = true;
        if (garbage != null) {
            session.sendText(garbage);
            return;
        }
        ObjectNode hello = Json.message("hello").put("version", 1);
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

    private static ObjectNode defaultAudio() {
        return Json.object()
                .put("format", "opus")
                .put("sample_rate", 24000)
                .put("channels", 1)
                .put("frame_duration", 60);
    }
}
