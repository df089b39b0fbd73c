package io.fieldloop.scenario.diagnose.sketch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A scenario that is being written: what is set, and by which evidence.
 *
 * <p>Values are YAML already; {@link ScenarioSketch} puts them in their places.
 */
final class Sketch {
    /** A line and what it was read from. */
    record Line(String yaml, String because) {}

    private final List<Line> gateway = new ArrayList<>();
    private final List<Line> faults = new ArrayList<>();
    private final List<Line> link = new ArrayList<>();
    private final List<Line> device = new ArrayList<>();
    private final List<Line> steps = new ArrayList<>();
    private final List<Line> lastSteps = new ArrayList<>();
    private @Nullable Line url;
    private boolean session;
    private double waitSeconds;

    void gateway(String yaml, String because) {
        gateway.add(new Line(yaml, because));
    }

    void fault(String yaml, String because) {
        faults.add(new Line(yaml, because));
    }

    void link(String yaml, String because) {
        link.add(new Line(yaml, because));
    }

    void device(String yaml, String because) {
        device.add(new Line(yaml, because));
    }

    /** What happens once it is connected; {@code {device}} stands for its name. */
    void step(String yaml, String because) {
        steps.add(new Line(yaml, because));
    }

    /** The same, when the session has been waited for. */
    void lastStep(String yaml, String because) {
        lastSteps.add(new Line(yaml, because));
    }

    /** Another address than that of the gateway. */
    void url(String text, String because) {
        url = new Line(text, because);
    }

    /** The session opens, and ends so long after its upgrade. */
    void session(double seconds) {
        session = true;
        waitSeconds = seconds;
    }

    List<Line> gateway() {
        return gateway;
    }

    List<Line> faults() {
        return faults;
    }

    List<Line> link() {
        return link;
    }

    List<Line> device() {
        return device;
    }

    List<Line> steps() {
        return steps;
    }

    List<Line> lastSteps() {
        return lastSteps;
    }

    @Nullable
    Line url() {
        return url;
    }

    boolean isSession() {
        return session;
    }

    double waitSeconds() {
        return waitSeconds;
    }

    /** In double quotes, as YAML and JSON both take it. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            switch (one) {
                case '"', '\\' -> quoted.append('\\').append(one);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (one < ' ' || one > '~') {
                        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) one));
                    } else {
                        quoted.append(one);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
