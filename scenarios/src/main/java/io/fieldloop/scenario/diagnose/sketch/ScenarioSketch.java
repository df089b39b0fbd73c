package io.fieldloop.scenario.diagnose.sketch;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.conversation.Connection;
import io.fieldloop.scenario.diagnose.http.Exchange;
import io.fieldloop.scenario.diagnose.judge.MqttJudge;
import io.fieldloop.scenario.diagnose.judge.Scene;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a scenario file in which devices fail as they did in a capture, each line with the packet that it was read from.
 *
 * <p>One gateway serves all devices of a file: a device whose server was another one (another certificate, say) is named in a
 * comment and left out.
 */
public final class ScenarioSketch {
    private static final String ALONE = "device";

    private final List<SketchedPart> parts = new ArrayList<>();

    /** By the device that speaks: one of the parts, or one that does nothing else. */
    private final Map<String, VoiceSketch> voices = new LinkedHashMap<>();

    /** A connection that failed, and why. */
    public record Fault(Connection connection, Cause cause) {}

    private ScenarioSketch() {}

    /**
     * The file's text; empty where no scenario can show any of these.
     *
     * @param voices beside faults of connections, those that people hear
     */
    public static Optional<String> of(List<Fault> faults, List<VoiceSketch> voices, Moment captureEnd, String source) {
        ScenarioSketch file = new ScenarioSketch();
        List<String> leftOut = new ArrayList<>();
        for (Fault fault : faults) {
            Scene scene = new Scene(fault.connection(), captureEnd);
            String name = faults.size() == 1 ? ALONE : file.nextName();
            Optional<SketchedPart> part = part(name, scene, fault.cause());
            if (part.isPresent() && file.takes(part.get())) {
                file.parts.add(part.get());
            } else {
                leftOut.add("# Not in it: " + scene.tcp().ends() + ", "
                        + fault.cause().word() + ", "
                        + (part.isEmpty() ? "which no scenario shows." : "whose server was set up otherwise."));
            }
        }
        for (VoiceSketch voice : voices) {
            if (file.parts.isEmpty() || !voice.words().isEmpty()) {
                file.speaker(voice)
                        .ifPresentOrElse(
                                name -> file.voices.put(name, voice),
                                () -> leftOut.add("# Not in it: " + voice.ends() + ", " + join(voice.words())
                                        + ", since what the broker does to the others would end it."));
            }
        }
        return file.parts.isEmpty() && file.voices.isEmpty()
                ? Optional.empty()
                : Optional.of(new SketchText(file.parts, file.voices).of(source, leftOut));
    }

    private String nextName() {
        return ALONE + "-" + (parts.size() + voices.size() + 1);
    }

    /** The device of the same client where that gets as far as speaking; another, where no fault of the broker could hit it. */
    private Optional<String> speaker(VoiceSketch voice) {
        return parts.stream()
                .filter(part -> part.speaks()
                        && part.scene()
                                .tcp()
                                .ends()
                                .client()
                                .equals(voice.ends().client()))
                .map(SketchedPart::name)
                .findFirst()
                .or(() -> Optional.of(nextName())
                        .filter(any -> parts.stream()
                                .allMatch(part -> part.scene().said().mqtt() == null)));
    }

    static String join(List<String> words) {
        return String.join(", ", words);
    }

    private static Optional<SketchedPart> part(String name, Scene scene, Cause cause) {
        Sketch sketch = new Sketch();
        return reason(cause)
                .filter(reason -> new ServerSketcher(scene, sketch).sketch(reason, cause))
                .map(reason -> new SketchedPart(name, scene, cause, sketch));
    }

    /** What a device gives as its reason for it; no scenario expects another cause. */
    public static Optional<FailureReason> reason(Cause cause) {
        if (isPing(cause)) {
            return Optional.of(FailureReason.PONG_TIMEOUT);
        }
        return Arrays.stream(FailureReason.values())
                .filter(reason -> reason.wireName().equals(cause.word()))
                .findFirst();
    }

    /** It ends the idle connection to the broker, and no session that a device could lose. */
    static boolean isPing(Cause cause) {
        return cause.word().equals(MqttJudge.PING_UNANSWERED);
    }

    /** Whether the gateway of those before can serve this one, too. */
    private boolean takes(SketchedPart part) {
        return parts.stream()
                .allMatch(one ->
                        yaml(one.sketch().gateway()).equals(yaml(part.sketch().gateway()))
                                && (yaml(one.sketch().faults())
                                                .equals(yaml(part.sketch().faults()))
                                        || (one.scene().said().mqtt() == null
                                                && part.scene().said().mqtt() == null)));
    }

    static List<String> yaml(List<Sketch.Line> lines) {
        return lines.stream().map(Sketch.Line::yaml).toList();
    }

    /** The exchange that opened the session, where there was one. */
    static Optional<Exchange> upgrade(Scene scene) {
        return Optional.ofNullable(scene.said().http())
                .map(http -> http.decisive())
                .filter(exchange -> exchange.request().asksForWebSocket());
    }
}
