package io.fieldloop.scenario.diagnose.judge;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.mqtt.MqttConversation;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Judges an MQTT connection: whether the broker let the device in, whether the hello was of use, and how it ended. */
public final class MqttJudge {
    /** An idle connection to the broker that its pings end: the device's own reason is {@link FailureReason#PONG_TIMEOUT}. */
    public static final String PING_UNANSWERED = "mqtt-ping-unanswered";

    private static final double HELLO_SECONDS = 9.9;

    /** MQTT 3.1.1 section 3.2.2.3. */
    private static final List<String> CODES = List.of(
            "accepted",
            "unacceptable protocol version",
            "identifier rejected",
            "server unavailable",
            "bad user name or password",
            "not authorized");

    /** What the firmware needs of a hello (protocol reference 2.2). */
    private static final List<Pattern> NEEDED = List.of(
            Pattern.compile("\"transport\"\\s*:\\s*\"udp\""),
            Pattern.compile("\"server\"\\s*:\\s*\"[^\"]+\""),
            Pattern.compile("\"port\"\\s*:\\s*[1-9]"),
            // captures of this program leave the key out
            Pattern.compile("\"key\"\\s*:\\s*\"[0-9a-fA-F*]{32}\""),
            Pattern.compile("\"nonce\"\\s*:\\s*\"[0-9a-fA-F]{32}\""));

    private final Scene scene;
    private final MqttConversation mqtt;

    MqttJudge(Scene scene, MqttConversation mqtt) {
        this.scene = scene;
        this.mqtt = mqtt;
    }

    /** Why it failed, or null where it did not. */
    @Nullable
    Cause judge() {
        Moment connect = mqtt.connect();
        if (connect == null) {
            return null;
        }
        Moment connack = mqtt.connack();
        if (connack == null) {
            return scene.isPatienceOver() || scene.isLeftWaiting()
                    ? Scene.certain(FailureReason.CONNACK_TIMEOUT, asked(connect), scene.ending())
                    : null;
        }
        if (mqtt.code() == 0) {
            Cause unanswered = ping();
            return unanswered == null ? session() : unanswered;
        }
        return Scene.certain(
                FailureReason.CONNECT_REFUSED,
                asked(connect),
                scene.see(connack, "server: CONNACK " + mqtt.code(), words(mqtt.code())));
    }

    private Evidence asked(Moment connect) {
        return scene.see(
                connect,
                "client: CONNECT as " + mqtt.clientId(),
                "keep alive " + mqtt.keepAliveSeconds() + " s, " + (mqtt.version() >= 5 ? "MQTT 5" : "MQTT 3.1.1"));
    }

    private String words(int code) {
        return mqtt.version() >= 5 || code >= CODES.size() ? "" : CODES.get(code);
    }

    private @Nullable Cause ping() {
        Moment ping = mqtt.unansweredPing();
        return ping == null || !scene.isPatienceOver()
                ? null
                : new Cause(
                        PING_UNANSWERED,
                        Confidence.CERTAIN,
                        List.of(
                                scene.see(ping, "client: PINGREQ", "no PINGRESP came for it or a later one"),
                                scene.ending()),
                        List.of());
    }

    private @Nullable Cause session() {
        Moment hello = mqtt.clientHello();
        if (hello == null) {
            return null;
        }
        Moment answer = mqtt.serverHello();
        Moment end = scene.serverEnd();
        if (answer == null || !isOfUse(mqtt.serverHelloText())) {
            boolean over = scene.captureEnd().secondsSince(hello) >= HELLO_SECONDS;
            Evidence asked = scene.see(hello, "client: hello", "no hello that it can use followed within ten seconds");
            return !over
                    ? null
                    : answer == null
                            ? Scene.certain(FailureReason.HELLO_TIMEOUT, asked)
                            : Scene.certain(
                                    FailureReason.HELLO_TIMEOUT,
                                    asked,
                                    scene.see(
                                            answer,
                                            "server: " + mqtt.serverHelloText(),
                                            "it lacks what the firmware needs"));
        }
        return end != null && scene.isEndedByServer()
                ? Scene.certain(FailureReason.CONNECTION_LOST, scene.serverEnding(end))
                : null;
    }

    private static boolean isOfUse(String hello) {
        return NEEDED.stream().allMatch(needed -> needed.matcher(hello).find());
    }
}
