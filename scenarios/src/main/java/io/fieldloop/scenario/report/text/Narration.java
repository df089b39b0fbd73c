package io.fieldloop.scenario.report.text;

import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.journal.JournalEntry;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Puts journal entries into words: what a person asks first; all of an entry is in the evidence. */
public final class Narration {
    /** Attributes that tell entries apart, and not what happened. */
    private static final Set<String> IDENTITY =
            Set.of("connection", "device", "device-id", "client-id", "session-id", "listener", "port", "first-bytes");

    private static final Pattern MOMENT = Pattern.compile(" at ((?:\\d+[hm] )*\\d+\\.\\d{3}s)\\b");

    /** In what is told of a moment: what stands before a value. */
    private static final Pattern ATTRIBUTE = Pattern.compile("(?<=\\(|, )([a-z-]+)(?= )");

    private Narration() {}

    /** For example {@code door refused at 11m 00.120s (reason certificate-expired, code -0x2700, …)}. */
    public static String of(JournalEntry entry) {
        return entry.actor() + " " + what(entry);
    }

    /** The same without whose it was. */
    static String what(JournalEntry entry) {
        String said = entry.attributes().entrySet().stream()
                .filter(attribute -> !IDENTITY.contains(attribute.getKey()))
                .map(attribute -> attribute.getKey() + " " + EvidenceText.value(attribute.getValue()))
                .collect(Collectors.joining(", "));
        return entry.kind() + " " + time(entry.nanos()) + (said.isEmpty() ? "" : " (" + said + ")");
    }

    /** Time since the start: {@code at 0.120s}, {@code at 11m 00.120s}. */
    public static String time(long nanos) {
        return "at " + TimeText.at(nanos);
    }

    /** The moments in a sentence as a language tells them; kinds of events and reasons are words of the journal and stay. */
    static String in(String sentence, Translation language) {
        Matcher moment = MOMENT.matcher(sentence);
        if (language.equals(Translation.english()) || !moment.find()) {
            return sentence;
        }
        String told = moment.replaceAll(at -> Matcher.quoteReplacement(language.say(" at {0}", at.group(1))));
        return ATTRIBUTE.matcher(told).replaceAll(name -> Matcher.quoteReplacement(language.of(name.group())));
    }

    /** A measured value to three digits after the point, in milliseconds or seconds. */
    public static String duration(Duration duration) {
        double seconds = duration.toNanos() / 1e9;
        return Math.abs(seconds) < 1
                ? String.format(Locale.ROOT, "%.3f ms", seconds * 1e3)
                : String.format(Locale.ROOT, "%.3f s", seconds);
    }
}
