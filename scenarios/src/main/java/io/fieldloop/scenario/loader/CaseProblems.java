package io.fieldloop.scenario.loader;

import io.fieldloop.scenario.model.CaseName;
import io.fieldloop.scenario.shape.yaml.Problem;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells a problem that many cases of a matrix share once, and names the case where only some have it. */
final class CaseProblems {
    private static final Comparator<Problem> FILE_ORDER =
            Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

    private final List<Problem> ofFile;
    private final int cases;
    private final Map<Problem, List<CaseName>> ofCases = new LinkedHashMap<>();

    CaseProblems(List<Problem> ofFile, int cases) {
        this.ofFile = ofFile;
        this.cases = cases;
    }

    void add(CaseName name, List<Problem> problems) {
        new LinkedHashSet<>(problems)
                .forEach(problem ->
                        ofCases.computeIfAbsent(problem, p -> new ArrayList<>()).add(name));
    }

    List<Problem> inFileOrder() {
        LinkedHashSet<Problem> all = new LinkedHashSet<>(ofFile);
        Set<SourcePosition> told = ofFile.stream().map(Problem::position).collect(Collectors.toSet());
        ofCases.forEach((problem, names) -> {
            // A reference that could not be resolved is no use to the binder either; one problem is enough.
            if (!told.contains(problem.position())) {
                all.add(names.size() == cases ? problem : naming(problem, names));
            }
        });
        return all.stream().sorted(FILE_ORDER).toList();
    }

    private static Problem naming(Problem problem, List<CaseName> names) {
        String others = names.size() == 1 ? "" : " and " + (names.size() - 1) + " more";
        return new Problem(
                problem.position(),
                problem.path(),
                problem.message() + " (in " + names.get(0) + others + ")",
                problem.expected(),
                problem.didYouMean());
    }
}
