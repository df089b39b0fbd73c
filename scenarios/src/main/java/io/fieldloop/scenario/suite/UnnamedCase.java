package io.fieldloop.scenario.suite;

import io.fieldloop.scenario.model.PowerSpec;
import io.fieldloop.scenario.model.Scenario;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A case whose name depends on what else is run.
 *
 * @param file where it stands; relative to the suite for one that is bundled
 * @param base the folder that was named, or the one in which the named file is; null for a bundled one
 * @param name what {@code fieldloop run} takes for all cases of the file
 */
record UnnamedCase(Path file, @Nullable Path base, String name, Scenario scenario) {
    private static final Pattern WRITE = Pattern.compile("[\\[,]" + PowerSpec.AXES.get(0) + "=([1-9][0-9]{0,2})[],]");

    String axes() {
        return scenario.name().toString().substring(scenario.name().stem().length());
    }

    String argument() {
        return name + axes();
    }

    /** The case that is meant of those whose power goes at each write there is; else this one. */
    UnnamedCase selected(String selection) {
        Matcher write = WRITE.matcher(selection);
        Optional<PowerSpec> cut = scenario.openCut();
        if (cut.isEmpty() || !write.find()) {
            return this;
        }
        int number = Integer.parseInt(write.group(1));
        return number < cut.get().atWrite().from() ? this : new UnnamedCase(file, base, name, scenario.cutAt(number));
    }

    String stemBelow(@Nullable Path common) {
        return Cases.stem((base == null || common == null ? file : common.relativize(file)).toString());
    }

    /** Each once, called by its path below the folder that all have in common. */
    static List<SuiteCase> named(List<UnnamedCase> found) {
        Path common = found.stream()
                .map(UnnamedCase::base)
                .filter(Objects::nonNull)
                .reduce(UnnamedCase::common)
                .orElse(null);
        Map<String, SuiteCase> named = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        for (UnnamedCase one : found) {
            named.computeIfAbsent(
                    one.file() + one.axes(),
                    key -> new SuiteCase(
                            free(one.stemBelow(common) + one.axes(), taken), one.argument(), one.scenario()));
        }
        return List.copyOf(named.values());
    }

    private static Path common(Path one, Path other) {
        Path common = one;
        while (!other.startsWith(common) && common.getParent() != null) {
            common = common.getParent();
        }
        return common;
    }

    /** A file of one's own may be called as one of the bundled suite is. */
    private static String free(String wanted, Set<String> taken) {
        String id = wanted;
        for (int n = 2; !taken.add(id); n++) {
            id = wanted + "-" + n;
        }
        return id;
    }
}
