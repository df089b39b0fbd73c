package io.fieldloop.scenario.explain;

import io.fieldloop.scenario.model.Scenario;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The suite as a list for readers: symptom, cause, fix and link of each file, and the values its cases combine. */
final class SuiteList {
    private static final String HEADING = "# The suite\n";

    private SuiteList() {}

    static String markdown(List<SuiteDocument> files) {
        StringBuilder text = new StringBuilder(HEADING);
        int cases = files.stream().mapToInt(file -> file.cases().size()).sum();
        text.append("\nWritten from the files by `SuiteDocumentsTest`; refresh it like [FORMAT.md](../FORMAT.md). ")
                .append(files.size())
                .append(" files, ")
                .append(cases)
                .append(" cases: one for each combination of the values named.\n")
                .append(
                        "[TRUTH.md](../TRUTH.md) shows what each device profile makes of each WebSocket answer and frame.\n");
        Map<String, List<SuiteDocument>> folders =
                files.stream().collect(Collectors.groupingBy(SuiteDocument::folder, TreeMap::new, Collectors.toList()));
        folders.forEach((folder, documents) -> {
            text.append("\n## ").append(folder).append('\n');
            documents.forEach(document -> entry(text, document));
        });
        return text.toString();
    }

    private static void entry(StringBuilder text, SuiteDocument document) {
        Scenario first = document.cases().get(0);
        text.append("\n**[")
                .append(document.name())
                .append("](")
                .append(document.name())
                .append(".yaml)** ");
        text.append(plain(first.title())).append("\n\n");
        text.append("- Cause: ").append(plain(String.valueOf(first.why()))).append('\n');
        text.append("- Fix: ").append(plain(String.valueOf(first.fix()))).append('\n');
        if (!first.links().isEmpty()) {
            text.append("- Link: ")
                    .append(first.links().stream().map(link -> "<" + link + ">").collect(Collectors.joining(", ")))
                    .append('\n');
        }
        if (document.cases().size() > 1) {
            text.append("- ")
                    .append(document.cases().size())
                    .append(" cases: ")
                    .append(axes(document))
                    .append('\n');
        }
    }

    private static String axes(SuiteDocument document) {
        Map<String, Set<String>> axes = new LinkedHashMap<>();
        for (Scenario one : document.cases()) {
            for (String axis : SuiteDocument.axes(one)) {
                int equals = axis.indexOf('=');
                axes.computeIfAbsent(axis.substring(0, equals), name -> new LinkedHashSet<>())
                        .add(axis.substring(equals + 1));
            }
        }
        return axes.entrySet().stream()
                .map(axis -> axis.getKey() + " "
                        + axis.getValue().stream()
                                .map(value -> "`" + value + "`")
                                .collect(Collectors.joining(" ")))
                .collect(Collectors.joining("; "));
    }

    private static String plain(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
