package io.fieldloop.server.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.fault.FaultTable;
import io.fieldloop.server.fault.HelloFault;
import io.fieldloop.server.fault.UpgradeFault;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes the device's hello and gives the gateway's, bent by whatever faults apply. */
final class HelloExchange {
    private static final String UDP = "udp";

    /** The only version there is on MQTT. */
    static final int MQTT_VERSION = 3;

    private static final FaultTable<HelloExchange, HelloFault> BENDS = new FaultTable<HelloExchange, HelloFault>(
                    HelloFault.class)
            .on(HelloFault.DelayHello.class, (hello, fault) -> hello.delay = fault.by())
            .on(HelloFault.OmitHello.class, (hello, fault) -> hello.omitted = true)
            .on(HelloFault.HelloTransport.class, (hello, fault) -> hello.transport = fault.value())
            .on(HelloFault.HelloGarbage.class, (hello, fault) -> hello.garbage = fault.text())
            .on(HelloFault.UnpromptedHello.class, (hello, fault) -> hello.unprompted = true)
            .on(HelloFault.FailHello.class, (hello, fault) -> hello.failed = true)
            .on(HelloFault.OmitUdp.class, (hello, fault) -> hello.udp = answer -> answer.remove(UDP))
            .on(HelloFault.HelloUdp.class, (hello, fault) -> hello.udp = answer -> bendUdp(answer, fault))
            .on(
                    HelloFault.VoiceSequence.class,
                    (hello, fault) -> hello.session.link().countVoiceFrom(fault.first()))
            .complete();

    private final Session session;
    private final Stance stance;
    private final Runnable greeted;
    private final List<HelloFault> faults;
    private @Nullable String transport;
    private @Nullable String garbage;
    private Consumer<ObjectNode> udp = hello -> {};
    private Duration delay = Duration.ZERO;
    private boolean omitted;
    private boolean failed;
    private boolean unprompted;
    private boolean sent;

    /** @param greeted runs when a proper hello was sent, and again when the device's own arrives after it */
    HelloExchange(Session session, Stance stance, Runnable greeted) {
        this.session = session;
        this.stance = stance;
        this.greeted = greeted;
        this.transport = session.transport().word();
        this.faults = session.connection().faults(HelloFault.class);
        faults.forEach(fault -> BENDS.act(this, fault));
    }

    /** Sends the hello before the device's, where a fault asks for that. */
    void begin() {
        if (unprompted
                || session.connection()
                        .fault(UpgradeFault.FirstFrameWithResponse.class)
                        .isPresent()) {
            faults.forEach(session.connection()::applied);
            send(defaultAudio());
        }
    }

    /** Answers the device's hello, unless the answer went ahead of it. */
    void answer(JsonNode hello) {
        if (sent && !session.transport().standing()) {
            greeted.run();
            return;
        }
        faults.forEach(session.connection()::applied);
        JsonNode offered = hello.path("audio_params");
        // The Python server gives the client's own parameters back.
        ObjectNode audio =
                stance == Stance.COMPAT && offered instanceof ObjectNode object ? object.deepCopy() : defaultAudio();
        if (failed) {
            fail();
        } else if (!omitted && delay.isZero()) {
            send(audio);
        } else if (!omitted) {
            session.after(delay, () -> send(audio));
        }
    }

    /** Sends the hello again, with new keys where there are keys. */
    void repeat() {
        send(defaultAudio());
    }

    /** In the words of xiaozhi-mqtt-gateway where it does not reach the chat server, app.js at 93f026a. */
    private void fail() {
        Goodbye.say(session, null);
        session.sendText(Json.message("error")
                .put("message", "\u5904\u7406 hello \u6d88\u606f\u5931\u8d25")
                .toString());
    }

    private void send(ObjectNode audio) {
        sent = true;
        if (garbage != null) {
            session.sendText(garbage);
            return;
        }
        boolean standing = session.transport().standing();
        ObjectNode hello = Json.message("hello").put("version", standing ? MQTT_VERSION : 1);
        if (transport != null) {
            hello.put("transport", transport);
        }
        hello.set("audio_params", audio);
        hello.put("session_id", session.id());
        session.link().openAudio(hello);
        udp.accept(hello);
        session.sendText(hello.toString());
        Connection connection = session.connection();
        connection.emit(new GatewayEvent.HelloSent(connection.id(), session.id()));
        greeted.run();
    }

    private static void bendUdp(ObjectNode hello, HelloFault.HelloUdp fault) {
        ObjectNode wrong = hello.withObjectProperty(UDP);
        if (fault.server() != null) {
            wrong.put("server", fault.server());
        }
        if (fault.port() != null) {
            wrong.put("port", fault.port());
        }
        if (fault.key() != null) {
            wrong.put("key", fault.key());
        }
        if (fault.nonce() != null) {
            wrong.put("nonce", fault.nonce());
        }
    }

    private static ObjectNode defaultAudio() {
        return Json.object()
                .put("format", "opus")
                .put("sample_rate", 24000)
                .put("channels", 1)
                .put("frame_duration", 60);
    }
}
