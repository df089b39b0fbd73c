package io.fieldloop.scenario.diagnose.sketch;

import io.fieldloop.scenario.diagnose.judge.Scene;
import io.fieldloop.scenario.model.DeviceStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the file of a {@link ScenarioSketch}; each line says what in the capture it is for. */
final class SketchText {
    private static final int SECONDS_MORE = 5;

    private final List<SketchedPart> parts;

    /** By the device that speaks: one of the parts, or one that does nothing else. */
    private final Map<String, VoiceSketch> voices;

    private final List<String> lines = new ArrayList<>();

    SketchText(List<SketchedPart> parts, Map<String, VoiceSketch> voices) {
        this.parts = parts;
        this.voices = voices;
    }

    /** The whole file; what is left out is said in comments. */
    String of(String source, List<String> leftOut) {
        lines.add("# Made by `fieldloop diagnose --scenario` from " + source + ", " + ScenarioSketch.join(origins())
                + ".");
        lines.addAll(leftOut);
        lines.add("scenario: " + Sketch.quoted("A capture: " + ScenarioSketch.join(words())));
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
            add(
                    "  - { event: fault-applied, count: \">= 0\" }",
                    "none where the gateway does the same by itself, such as refusing that path");
        }
        voices.forEach((name, voice) -> each("  - ", name, voice.expected()));
        return String.join("\n", lines) + "\n";
    }

    /** Those whose device does nothing else. */
    private Map<String, VoiceSketch> ofTheirOwn() {
        Map<String, VoiceSketch> own = new LinkedHashMap<>(voices);
        parts.forEach(part -> own.remove(part.name()));
        return own;
    }

    private boolean isAlone() {
        return parts.size() == 1 && ofTheirOwn().isEmpty();
    }

    private List<String> origins() {
        List<String> origins = new ArrayList<>();
        for (SketchedPart part : parts) {
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
                && parts.stream()
                        .allMatch(one ->
                                ScenarioSketch.yaml(one.sketch().faults()).equals(ScenarioSketch.yaml(of)))) {
            return of;
        }
        List<Sketch.Line> all = new ArrayList<>();
        int connection = 0;
        for (SketchedPart part : parts) {
            connection += part.arrives() ? 1 : 0;
            for (Sketch.Line fault : part.sketch().faults()) {
                all.add(new Sketch.Line(
                        fault.yaml().replaceFirst(" }$", ", connections: " + connection + " }"), fault.because()));
            }
        }
        return all;
    }

    private List<Sketch.Line> link(SketchedPart part) {
        List<Sketch.Line> all = new ArrayList<>(part.sketch().link());
        all.addAll(LinkSketcher.lines(part.scene().tcp()));
        Optional.ofNullable(voices.get(part.name())).ifPresent(voice -> all.addAll(voice.link()));
        return all;
    }

    private void device(SketchedPart part) {
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

    private void steps(SketchedPart part) {
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

    private void expectation(SketchedPart part) {
        DeviceStatus status = part.sketch().isSession() ? DeviceStatus.OFFLINE : DeviceStatus.REFUSED;
        add(
                ScenarioSketch.isPing(part.cause())
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
}
