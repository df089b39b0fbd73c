package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.model.Problem;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.suite.BundledSuite;
import io.fieldloop.scenario.suite.SuiteCase;
import io.fieldloop.scenario.yaml.LoadResult;
import io.fieldloop.scenario.yaml.ScenarioLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Finds the cases a command line means: files, folders, or names of the bundled suite, each perhaps narrowed to one case
 * of a matrix, {@code tls/wrong-name[profile=xiaozhi-wifi]}.
 */
final class Cases {
    private static final String ENDING = ".yaml";

    private final ScenarioLoader loader = new ScenarioLoader();
    private final List<SuiteCase> found = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private int files;

    /** All that {@code arguments} mean; the whole bundled suite when there are none. */
    static Cases of(List<String> arguments) {
        Cases cases = new Cases();
        if (arguments.isEmpty()) {
            BundledSuite.files().forEach(cases::addBundled);
        }
        arguments.forEach(cases::add);
        return cases;
    }

    /** Those that could be read, in order. */
    List<SuiteCase> found() {
        return found;
    }

    /** What is wrong with those that could not be read. */
    List<Problem> problems() {
        return problems;
    }

    /** How many files were read. */
    int files() {
        return files;
    }

    private void add(String argument) {
        int bracket = argument.indexOf('[');
        String name = bracket < 0 ? argument : argument.substring(0, bracket);
        Path path = Path.of(name);
        int before = found.size();
        if (Files.isDirectory(path)) {
            addFolder(path);
        } else if (Files.exists(path)) {
            addFile(path, path.getFileName());
        } else {
            addBundledNamed(name);
        }
        if (bracket >= 0) {
            keepOnly(argument, name, argument.substring(bracket), before);
        }
    }

    private void keepOnly(String argument, String name, String selection, int from) {
        List<SuiteCase> all = found.subList(from, found.size());
        List<String> ids = all.stream().map(SuiteCase::id).toList();
        all.removeIf(one -> !one.id().endsWith(selection));
        if (all.isEmpty() && problems.isEmpty()) {
            throw new CliException(
                    "'" + argument + "' names no case of " + name + "; it has " + String.join(", ", ids) + ".");
        }
    }

    private void addFolder(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> scenarios = paths.filter(path -> path.toString().endsWith(ENDING))
                    .sorted()
                    .toList();
            if (scenarios.isEmpty()) {
                throw new CliException("'" + folder + "' holds no scenario file (*" + ENDING + ").");
            }
            scenarios.forEach(path -> addFile(path, folder.relativize(path)));
        } catch (IOException e) {
            throw new CliException("'" + folder + "' cannot be read: " + e.getMessage() + ".");
        }
    }

    private void addFile(Path path, Path shown) {
        add(loader.load(path), stem(shown.toString()), path.toString());
    }

    private void addBundled(String name, String text) {
        add(loader.load("suite/" + name, text), stem(name), stem(name));
    }

    private void addBundledNamed(String name) {
        SortedMap<String, String> bundled = BundledSuite.files();
        int before = files;
        for (Map.Entry<String, String> file : bundled.entrySet()) {
            if (stem(file.getKey()).equals(stem(name)) || file.getKey().startsWith(name + "/")) {
                addBundled(file.getKey(), file.getValue());
            }
        }
        if (files == before) {
            throw new CliException("'" + name
                    + "' is neither a file, nor a folder, nor a scenario of the bundled suite; see `fieldloop list`.");
        }
    }

    private void add(LoadResult loaded, String id, String argument) {
        files++;
        if (loaded instanceof LoadResult.Broken broken) {
            problems.addAll(broken.problems());
            return;
        }
        for (Scenario scenario : ((LoadResult.Ready) loaded).cases()) {
            String axes =
                    scenario.name().toString().substring(scenario.name().stem().length());
            found.add(new SuiteCase(id + axes, argument + axes, scenario));
        }
    }

    private static String stem(String name) {
        String portable = name.replace('\\', '/');
        return portable.endsWith(ENDING) ? portable.substring(0, portable.length() - ENDING.length()) : portable;
    }
}
