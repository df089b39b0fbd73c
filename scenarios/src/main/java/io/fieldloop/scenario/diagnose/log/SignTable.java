package io.fieldloop.scenario.diagnose.log;

import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.number.NumberSpace;
import io.fieldloop.scenario.shape.RecordFile;
import io.fieldloop.scenario.shape.annotation.Default;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lines that say something, from {@code signs.yaml}; its comments describe the format. */
final class SignTable {
    private static final String RESOURCE = "signs.yaml";
    private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-z]+\\d?)>");

    private final List<Sign> signs = new ArrayList<>();
    private final Map<String, Part> parts = new HashMap<>();

    private record File(Map<String, List<String>> parts, List<Entry> signs) {}

    private record Entry(
            @Default("[]") List<String> tag,
            String line,
            @Default("[]") List<String> is,
            @Nullable String sure,
            @Nullable String says,
            @Default("[]") List<String> tells,
            @Nullable String part,
            @Nullable String event,
            @Nullable String space) {}

    private SignTable() {}

    static SignTable bundled() {
        File file = RecordFile.read(File.class, RESOURCE, RecordFile.text(SignTable.class, RESOURCE));
        SignTable table = new SignTable();
        file.parts().forEach((part, tags) -> tags.forEach(tag -> table.parts.put(tag, Part.named(part))));
        file.signs().forEach(table::add);
        return table;
    }

    private void add(Entry entry) {
        signs.add(new Sign(
                signs.size(),
                Set.copyOf(entry.tag()),
                Pattern.compile(entry.line()),
                groups(entry.line()),
                entry.is(),
                sure(entry),
                entry.says() == null ? "" : entry.says(),
                entry.tells(),
                entry.part() == null ? null : Part.named(entry.part()),
                entry.event() == null ? Turn.NONE : Turn.named(entry.event()),
                entry.space() == null
                        ? null
                        : NumberSpace.valueOf(
                                entry.space().toUpperCase(Locale.ROOT).replace('-', '_'))));
    }

    private static Confidence sure(Entry entry) {
        if (entry.sure() == null) {
            return entry.is().size() > 1 ? Confidence.POSSIBLE : Confidence.CERTAIN;
        }
        return Arrays.stream(Confidence.values())
                .filter(one -> one.word().equals(entry.sure()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(RESOURCE + ": there is no confidence " + entry.sure()));
    }

    private static Set<String> groups(String regex) {
        Set<String> groups = new HashSet<>();
        Matcher names = GROUP.matcher(regex);
        while (names.find()) {
            groups.add(names.group(1));
        }
        return Set.copyOf(groups);
    }

    List<Sign> signs() {
        return signs;
    }

    /** All tags of the table. */
    Set<String> tags() {
        Set<String> tags = new HashSet<>(parts.keySet());
        signs.forEach(sign -> tags.addAll(sign.tags()));
        return tags;
    }

    /** What a line is about: by the sign, else by its tag. */
    Optional<Part> part(Sighting sighting) {
        Part part = sighting.sign().part();
        return Optional.ofNullable(part == null ? parts.get(sighting.line().tag()) : part);
    }
}
