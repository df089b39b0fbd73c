package io.fieldloop.scenario.diagnose.verdict;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.conversation.Connection;
import io.fieldloop.scenario.diagnose.http.Exchange;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.scenario.model.DeviceStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes a scenario file in which a device fails as one did in a capture, each line with the packet that it was read from. */
final class ScenarioSketch {
    private static final int SECONDS_MORE = 5;

    private final Scene scene;
    private final Cause cause;
    private final String source;
    private final List<String> lines = new ArrayList<>();

    private ScenarioSketch(Scene scene, Cause cause, String source) {
        this.scene = scene;
        this.cause = cause;
        this.source = source;
    }

    /** The file's text; empty where no scenario can show that cause. */
    static Optional<String> of(Connection connection, Cause cause, Moment captureEnd, String source) {
        boolean known = Arrays.stream(FailureReason.values())
                .anyMatch(reason -> reason.wireName().equals(cause.word()));
        if (!known) {
            return Optional.empty();
        }
        Scene scene = new Scene(connection, captureEnd);
        Sketch sketch = new Sketch();
        boolean shown = new ServerSketcher(scene, sketch).sketch(FailureReason.named(cause.word()), cause);
        return shown ? Optional.of(new ScenarioSketch(scene, cause, source).text(sketch)) : Optional.empty();
    }

    private String text(Sketch sketch) {
        lines.add("# Made by `fieldloop diagnose --scenario` from " + source + ", connection "
                + scene.tcp().ends() + ".");
        lines.add("scenario: " + Sketch.quoted("A capture: " + cause.word()));
        lines.add("why: "
                + Sketch.quoted(cause.evidence().get(0).place() + ": "
                        + cause.evidence().get(0).shown()));
        gateway(sketch);
        link(sketch);
        device(sketch);
        lines.add("steps:");
        lines.add("  - connect: device");
        if (sketch.isSession()) {
            lines.add("  - wait: " + (long) Math.ceil(sketch.waitSeconds() + SECONDS_MORE) + "s");
        }
        lines.add("expect:");
        add(
                "  - { device: device, is: "
                        + (sketch.isSession() ? DeviceStatus.OFFLINE : DeviceStatus.REFUSED).wireName() + ", reason: "
                        + cause.word() + " }",
                cause.evidence().get(0).place());
        return String.join("\n", lines) + "\n";
    }

    private void gateway(Sketch sketch) {
        if (sketch.gateway().isEmpty() && sketch.faults().isEmpty()) {
            return;
        }
        lines.add("gateway:");
        sketch.gateway().forEach(line -> add("  " + line.yaml(), line.because()));
        if (!sketch.faults().isEmpty()) {
            lines.add("  faults:");
            sketch.faults().forEach(line -> add("    - " + line.yaml(), line.because()));
        }
    }

    private void link(Sketch sketch) {
        PathSight path = PathSight.of(scene.tcp());
        List<Sketch.Line> all = new ArrayList<>(sketch.link());
        if (path.roundTripMillis() >= 2) {
            all.add(new Sketch.Line(
                    String.format(Locale.ROOT, "delay: %.0fms", path.roundTripMillis() / 2),
                    String.format(Locale.ROOT, "half of the round trip of %.1f ms", path.roundTripMillis())));
        }
        if (path.repeated() > 0) {
            all.add(new Sketch.Line(
                    String.format(Locale.ROOT, "loss: %.1f%%", 100.0 * path.repeated() / path.segments()),
                    path.repeated() + " of " + path.segments() + " segments were sent again"));
        }
        if (!all.isEmpty()) {
            lines.add("link:");
            all.forEach(line -> add("  " + line.yaml(), line.because()));
        }
    }

    private void device(Sketch sketch) {
        DeviceSketcher device = new DeviceSketcher(scene);
        lines.add("devices:");
        lines.add("  device:");
        Sketch.Line profile = device.profile(cause);
        add("    profile: " + profile.yaml(), profile.because());
        Sketch.Line url = sketch.url() == null ? device.url() : sketch.url();
        if (scene.said().mqtt() == null) {
            add("    url: " + Sketch.quoted(url.yaml()), url.because());
        }
        sketch.device().forEach(line -> add("    " + line.yaml(), line.because()));
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
