package io.fieldloop.scenario.diagnose.log;

import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.CauseText;
import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.Diagnosis;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.model.DeviceStatus;
import io.fieldloop.scenario.report.text.VisibleText;
import io.fieldloop.scenario.shape.RecordFile;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A scenario file that ends for the reason a log showed, with the evidence as comments.
 *
 * <p>The cause is put into the gateway, the link or the address; what else was on the real device's way is not known from its log.
 */
public final class ScenarioFromLog {
    private static final String RESOURCE = "scenarios.yaml";
    private static final int SHOWN_CHARS_MAX = 100;

    private final CauseTexts texts;
    private final Map<String, Entry> entries;

    private record File(Map<String, Entry> scenarios) {}

    private record Entry(
            @Nullable String profile,
            @Nullable String because,
            @Nullable String url,
            @Nullable String body,
            String reason,
            @Nullable DeviceStatus ends) {}

    private record Choice(Cause cause, Entry entry) {}

    public ScenarioFromLog(CauseTexts texts) {
        this.texts = texts;
        this.entries = RecordFile.read(File.class, RESOURCE, RecordFile.text(ScenarioFromLog.class, RESOURCE))
                .scenarios();
    }

    /** The causes that a file can be made for, beside those that show as a reason among them. */
    Set<String> words() {
        return entries.keySet();
    }

    /** The file's text for the most probable cause that one can be made for; nothing where there is none. */
    public Optional<String> of(Diagnosis diagnosis) {
        return diagnosis.findings().stream()
                .flatMap(finding -> finding.causes().stream())
                .flatMap(this::choice)
                .findFirst()
                .map(choice -> text(diagnosis, choice));
    }

    private Stream<Choice> choice(Cause cause) {
        CauseText text = texts.of(cause.word());
        return Stream.of(cause.word(), String.valueOf(text.reason()))
                .map(entries::get)
                .filter(Objects::nonNull)
                .limit(1)
                .map(entry -> new Choice(cause, entry));
    }

    private String text(Diagnosis diagnosis, Choice choice) {
        Entry entry = choice.entry();
        StringBuilder file = new StringBuilder();
        Translation language = texts.language();
        String cause = choice.cause().word();
        String sure = language.of(choice.cause().confidence().word());
        file.append(language.say("# Made from {0}: {1} ({2}) by", line(diagnosis.source()), cause, sure))
                .append('\n');
        choice.cause()
                .evidence()
                .forEach(one -> file.append("#   ").append(evidence(one)).append('\n'));
        file.append("scenario: \"")
                .append(language.say("{0}, as a log showed it", cause))
                .append("\"\n");
        file.append("why: >\n  ").append(texts.of(cause).means()).append('\n');
        file.append("devices:\n");
        device(diagnosis, entry, file);
        if (entry.body() != null) {
            file.append(language.of("# The cause itself")).append('\n').append(entry.body());
        }
        file.append("expect:\n");
        if (entry.ends() == DeviceStatus.OFFLINE) {
            file.append("  - { event: offline, of: device, actor: door, where: { reason: ")
                    .append(entry.reason())
                    .append(" } }\n");
        } else {
            file.append("  - { device: door, is: refused, reason: ")
                    .append(entry.reason())
                    .append(" }\n");
        }
        return file.toString();
    }

    private void device(Diagnosis diagnosis, Entry entry, StringBuilder file) {
        Evidence seen = firmware(diagnosis);
        String profile = entry.profile() == null ? profile(seen.shown()) : entry.profile();
        String why = entry.profile() == null ? evidence(seen) : texts.language().of(String.valueOf(entry.because()));
        file.append("  # ").append(why).append('\n');
        file.append("  door: { profile: ").append(profile);
        if (entry.url() != null) {
            file.append(", url: \"").append(entry.url()).append('"');
        }
        file.append(" }\n");
    }

    /** The line by which the firmware is known; the first of the evidence where none gives it away. */
    private static Evidence firmware(Diagnosis diagnosis) {
        List<Evidence> all = diagnosis.findings().stream()
                .flatMap(finding -> finding.causes().stream())
                .flatMap(cause -> cause.evidence().stream())
                .toList();
        return all.stream()
                .filter(one -> !profile(one.shown()).equals("xiaozhi-wifi"))
                .findFirst()
                .orElse(all.get(0));
    }

    private static String profile(String shown) {
        boolean modem = shown.contains("Ml307") || shown.contains("AtUart") || shown.contains("AtModem");
        boolean client = shown.contains("websocket_client") || shown.contains("transport_ws");
        return modem ? "xiaozhi-ml307" : client ? "esp-idf-websocket" : "xiaozhi-wifi";
    }

    private static String evidence(Evidence one) {
        return one.place() + ": " + line(one.shown());
    }

    private static String line(String shown) {
        String line = VisibleText.line(shown);
        return line.length() > SHOWN_CHARS_MAX ? line.substring(0, SHOWN_CHARS_MAX) + "..." : line;
    }
}
