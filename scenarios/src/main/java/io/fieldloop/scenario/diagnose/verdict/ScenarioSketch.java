package io.fieldloop.scenario.diagnose.verdict;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.conversation.Connection;
import io.fieldloop.scenario.diagnose.http.Exchange;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.scenario.model.DeviceStatus;
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
final class ScenarioSketch {
    private static final int SECONDS_MORE = 5;
    private static final String ALONE = "device";

    private final List<Part> parts = new ArrayList<>();

    /** By the device that speaks: one of the parts, or one that does nothing else. */
    private final Map<String, VoiceSketch> voices = new LinkedHashMap<>();

    private final List<String> lines = new ArrayList<>();

    /** A connection that failed, and why. */
    record Fault(Connection connection, Cause cause) {}

    private record Part(String name, Scene scene, Cause cause, Sketch sketch) {
        /** Whether its connection gets as far as a listener for devices. */
        boolean arrives() {
            return sketch.url() == null
                    && !cause.word().equals(FailureReason.TCP_TIMEOUT.wireName())
                    && scene.said().mqtt() == null;
        }

        /** Whether it is online first, with a channel for voice over UDP. */
        boolean speaks() {
            return scene.said().mqtt() != null && (sketch.isSession() || isPing(cause));
        }

        String first() {
            return cause.evidence().get(0).place() + ": "
                    + cause.evidence().get(0).shown();
        }
    }

    private ScenarioSketch() {}

    /**
     * The file's text; empty where no scenario can show any of these.
     *
     * @param voices beside faults of connections, those that people hear
     */
    static Optional<String> of(List<Fault> faults, List<VoiceSketch> voices, Moment captureEnd, String source) {
        ScenarioSketch file = new ScenarioSketch();
        List<String> leftOut = new ArrayList<>();
        for (Fault fault : faults) {
            Scene scene = new Scene(fault.connection(), captureEnd);
            String name = faults.size() == 1 ? ALONE : file.nextName();
            Optional<Part> part = part(name, scene, fault.cause());
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
                : Optional.of(file.text(source, leftOut));
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
                .map(Part::name)
                .findFirst()
                .or(() -> Optional.of(nextName())
                        .filter(any -> parts.stream()
                                .allMatch(part -> part.scene().said().mqtt() == null)));
    }

    /** Those whose device does nothing else. */
    private Map<String, VoiceSketch> ofTheirOwn() {
        Map<String, VoiceSketch> own = new LinkedHashMap<>(voices);
        parts.forEach(part -> own.remove(part.name()));
        return own;
    }

    private static String join(List<String> words) {
        return String.join(", ", words);
    }

    private static Optional<Part> part(String name, Scene scene, Cause cause) {
        Sketch sketch = new Sketch();
        return reason(cause)
                .filter(reason -> new ServerSketcher(scene, sketch).sketch(reason, cause))
                .map(reason -> new Part(name, scene, cause, sketch));
    }

    /** What a device gives as its reason for it; no scenario expects another cause. */
    static Optional<FailureReason> reason(Cause cause) {
        if (isPing(cause)) {
            return Optional.of(FailureReason.PONG_TIMEOUT);
        }
        return Arrays.stream(FailureReason.values())
                .filter(reason -> reason.wireName().equals(cause.word()))
                .findFirst();
    }

    /** It ends the idle connection to the broker, and no session that a device could lose. */
    private static boolean isPing(Cause cause) {
        return cause.word().equals(MqttJudge.PING_UNANSWERED);
    }

    /** Whether the gateway of those before can serve this one, too. */
    private boolean takes(Part part) {
        return parts.stream()
                .allMatch(one ->
                        yaml(one.sketch().gateway()).equals(yaml(part.sketch().gateway()))
                                && (yaml(one.sketch().faults())
                                                .equals(yaml(part.sketch().faults()))
                                        || (one.scene().said().mqtt() == null
                                                && part.scene().said().mqtt() == null)));
    }

    private static List<String> yaml(List<Sketch.Line> lines) {
        return lines.stream().map(Sketch.Line::yaml).toList();
    }

    private String text(String source, List<String> leftOut) {
        lines.add("# Made by `fieldloop diagnose --scenario` from " + source + ", " + join(origins()) + ".");
        lines.addAll(leftOut);
        lines.add("scenario: " + Sketch.quoted("A capture: " + join(words())));
        lines.add("why: "
                + Sketch.quoted(
                        parts.isEmpty()
                                ? voices.values()
                                        .iterator()
                                        .next()
                                        .expected()
                                        .get(0)
                                        .because()
                                : parts.get(0).first()));
        if (!parts.isEmpty()) {
            gateway();
        }
        if (isAlone()) {
            block("link:", "  ", link(parts.get(0)));
        }
        lines.add("devices:");
        parts.forEach(this::device);
        ofTheirOwn().forEach(this::device);
        lines.add("steps:");
        parts.forEach(this::steps);
        ofTheirOwn().forEach(this::steps);
        lines.add("expect:");
        parts.forEach(this::expectation);
        if (!parts.isEmpty() && !faults().isEmpty()) {
            lines.add("  - { event: fault-applied, count: \">= 0\" }"
                    + "  # none where the gateway does the same by itself, such as refusing that path");
        }
        voices.forEach((name, voice) -> each("  - ", name, voice.expected()));
        return String.join("\n", lines) + "\n";
    }

    private boolean isAlone() {
        return parts.size() == 1 && ofTheirOwn().isEmpty();
    }

    private List<String> origins() {
        List<String> origins = new ArrayList<>();
        for (Part part : parts) {
            origins.add((!origins.isEmpty()
                            ? ""
                            : parts.size() == 1 ? "connection " : "the first connection of each device that failed: ")
                    + part.scene().tcp().ends());
        }
        voices.values().forEach(voice -> origins.add("voice of " + voice.ends()));
        return origins;
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        parts.forEach(part -> words.add(part.cause().word()));
        if (!voices.isEmpty()) {
            words.add("voice over UDP");
            voices.values().forEach(voice -> words.addAll(voice.words()));
            if (voices.values().stream().allMatch(voice -> voice.words().isEmpty())) {
                words.add("which nobody need hear");
            }
        }
        return words.stream().distinct().toList();
    }

    private void gateway() {
        List<Sketch.Line> settings = parts.get(0).sketch().gateway();
        List<Sketch.Line> faults = faults();
        if (!settings.isEmpty() || !faults.isEmpty()) {
            block("gateway:", "  ", settings);
            if (settings.isEmpty()) {
                lines.add("gateway:");
            }
            block("  faults:", "    - ", faults);
        }
    }

    /** Where devices met different ones, each is for the connection of its device alone, in the order of the steps. */
    private List<Sketch.Line> faults() {
        List<Sketch.Line> of = parts.get(0).sketch().faults();
        if (ofTheirOwn().isEmpty()
                && parts.stream().allMatch(one -> yaml(one.sketch().faults()).equals(yaml(of)))) {
            return of;
        }
        List<Sketch.Line> all = new ArrayList<>();
        int connection = 0;
        for (Part part : parts) {
            connection += part.arrives() ? 1 : 0;
            for (Sketch.Line fault : part.sketch().faults()) {
                all.add(new Sketch.Line(
                        fault.yaml().replaceFirst(" }$", ", connections: " + connection + " }"), fault.because()));
            }
        }
        return all;
    }

    private List<Sketch.Line> link(Part part) {
        List<Sketch.Line> all = new ArrayList<>(part.sketch().link());
        all.addAll(LinkSketcher.lines(part.scene().tcp()));
        Optional.ofNullable(voices.get(part.name())).ifPresent(voice -> all.addAll(voice.link()));
        return all;
    }

    private void device(Part part) {
        DeviceSketcher device = new DeviceSketcher(part.scene());
        lines.add("  " + part.name() + ":");
        Sketch.Line profile = device.profile(part.cause());
        add("    profile: " + profile.yaml(), profile.because());
        device.tls(part.cause()).ifPresent(line -> add("    " + line.yaml(), line.because()));
        Sketch.Line url =
                part.sketch().url() == null ? device.url() : part.sketch().url();
        if (part.scene().said().mqtt() == null) {
            add("    url: " + Sketch.quoted(url.yaml()), url.because());
        }
        part.sketch().device().forEach(line -> add("    " + line.yaml(), line.because()));
        if (!isAlone()) {
            block("    link:", "      ", link(part));
        }
    }

    private void device(String name, VoiceSketch voice) {
        lines.add("  " + name + ":");
        add("    mqtt: {}", "voice over UDP belongs to MQTT");
        block("    link:", "      ", voice.link());
    }

    private void steps(Part part) {
        Optional.ofNullable(voices.get(part.name())).ifPresent(voice -> steps(part.name(), voice));
        add(
                "  - connect: " + part.name(),
                "packet " + part.scene().tcp().first().packet());
        each("  - ", part.name(), part.sketch().steps());
        if (part.sketch().isSession()) {
            add(
                    "  - wait: " + (long) Math.ceil(part.sketch().waitSeconds() + SECONDS_MORE) + "s",
                    "it ended " + Scene.seconds(part.sketch().waitSeconds()) + " after its upgrade");
        }
        each("  - ", part.name(), part.sketch().lastSteps());
    }

    private void steps(String name, VoiceSketch voice) {
        add("  - connect: " + name, "it has a channel for voice");
        each("  - ", name, voice.steps());
        add("  - disconnect: " + name, "with it both ends count");
    }

    private void each(String indent, String name, List<Sketch.Line> all) {
        all.forEach(line -> add(indent + line.yaml().replace("{device}", name), line.because()));
    }

    private void expectation(Part part) {
        DeviceStatus status = part.sketch().isSession() ? DeviceStatus.OFFLINE : DeviceStatus.REFUSED;
        add(
                isPing(part.cause())
                        ? "  - { event: mqtt-disconnected, of: device, actor: " + part.name()
                                + ", where: { reason: pong-timeout } }"
                        : "  - { device: " + part.name() + ", is: " + status.wireName() + ", reason: "
                                + part.cause().word() + " }",
                part.cause().evidence().get(0).place());
    }

    private void block(String key, String indent, List<Sketch.Line> all) {
        if (!all.isEmpty()) {
            lines.add(key);
            all.forEach(line -> add(indent + line.yaml(), line.because()));
        }
    }

    private void add(String yaml, String because) {
        lines.add(because.isEmpty() ? yaml : yaml + "  # " + because.replaceAll("[\\p{Cntrl}]", " "));
    }

    /** The exchange that opened the session, where there was one. */
    static Optional<Exchange> upgrade(Scene scene) {
        return Optional.ofNullable(scene.said().http())
                .map(http -> http.decisive())
                .filter(exchange -> exchange.request().asksForWebSocket());
    }
}
