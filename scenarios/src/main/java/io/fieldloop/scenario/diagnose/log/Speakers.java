package io.fieldloop.scenario.diagnose.log;

import io.fieldloop.qemu.runner.SavedConsole;
import io.fieldloop.scenario.diagnose.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps several devices of one log apart, by what docker compose or a terminal with several ports puts in front of each line.
 *
 * <p>Read as one, the address of one device stands above the failure of another.
 */
final class Speakers {
    private static final Pattern NAMED =
            Pattern.compile("^(?:([\\w.@-]{1,40}) +\\||\\[?(COM\\d{1,3}|/dev/tty\\w{1,20})\\]?[:>]) ");
    private static final int SPEAKERS_MAX = 20;

    private final Map<String, Speaker> speakers = new LinkedHashMap<>();
    private final Supplier<Speaker> anew;

    /** One device, its lines as the dictionary reads them and as the table of signs does. */
    record Speaker(ConsoleReader reader, SavedConsole console) {}

    Speakers(Supplier<Speaker> anew) {
        this.anew = anew;
    }

    /** Whose line it is; those beyond the limit share the nameless one. */
    Speaker of(String line) {
        Matcher named = NAMED.matcher(line);
        String name = !named.find() ? "" : named.group(1) == null ? named.group(2) : named.group(1);
        boolean room = speakers.containsKey(name) || speakers.size() < SPEAKERS_MAX;
        return speakers.computeIfAbsent(room ? name : "", any -> anew.get());
    }

    /** What the log comes to; with its name in front where several devices speak. */
    List<Finding> end(Backtrace backtrace) {
        List<Finding> findings = new ArrayList<>();
        speakers.forEach((name, one) -> {
            one.console().end();
            for (Finding finding : one.reader().end(backtrace)) {
                findings.add(speakers.size() == 1 || name.isEmpty() ? finding : of(name, finding));
            }
        });
        return findings;
    }

    private static Finding of(String name, Finding one) {
        String subject = one.subject().isEmpty() ? name : name + ", " + one.subject();
        return new Finding(one.part(), subject, one.causes(), one.seen(), one.times());
    }

    /** Lines that were recognised; to be shown where nothing of them failed. */
    List<Sighting> seen() {
        return speakers.values().stream()
                .flatMap(one -> one.reader().seen().stream())
                .toList();
    }
}
