package io.fieldloop.scenario.suite;

import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.shape.yaml.Nearest;
import io.fieldloop.scenario.shape.yaml.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the cases a command line means: files, folders, or names of the bundled suite, each perhaps narrowed to one case
 * of a matrix, {@code tls/wrong-name[profile=xiaozhi-wifi]}.
 */
public final class Cases {
    private static final Pattern ENDING = Pattern.compile("\\.ya?ml$");

    private final ScenarioLoader loader = new ScenarioLoader();
    private final List<UnnamedCase> found = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private int files;

    /** All that {@code arguments} mean; the whole bundled suite when there are none. */
    public static Cases of(List<String> arguments) {
        return of(arguments, unknown -> {
            throw unknown;
        });
    }

    /** The same; {@code unknown} takes the arguments that mean nothing. */
    public static Cases of(List<String> arguments, Consumer<UnknownCaseException> unknown) {
        Cases cases = new Cases();
        if (arguments.isEmpty()) {
            cases.addBundled(BundledSuite.files());
        }
        for (String argument : arguments) {
            try {
                cases.add(argument);
            } catch (UnknownCaseException meansNothing) {
                unknown.accept(meansNothing);
            }
        }
        return cases;
    }

    /**
     * Those that could be read, in order, each once however often it was named.
     *
     * <p>A case is called by its path below the folder that all files have in common, so that two files of one name are told apart.
     */
    public List<SuiteCase> found() {
        return UnnamedCase.named(found);
    }

    /** A digest of the files' texts, by which two machines know that they have the same. */
    public String digest() {
        Map<String, String> bundled = new TreeMap<>();
        MessageDigest digest = sha256();
        try {
            for (Path file : found.stream().map(UnnamedCase::file).distinct().toList()) {
                if (!file.isAbsolute() && bundled.isEmpty()) {
                    bundled.putAll(BundledSuite.files());
                }
                String text = file.isAbsolute() ? Files.readString(file) : bundled.get(file.toString());
                digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A scenario file cannot be read any more: " + e.getMessage() + ".", e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** What is wrong with those that could not be read. */
    public List<Problem> problems() {
        return problems;
    }

    /** {@code 2 problems in 5 files}. */
    public String brokenText() {
        return problems.size() + (problems.size() == 1 ? " problem in " : " problems in ") + filesText();
    }

    /** {@code 5 files}. */
    public String filesText() {
        return files + (files == 1 ? " file" : " files");
    }

    private void add(String argument) {
        if (argument.isBlank()) {
            throw new UnknownCaseException("An empty PATH names nothing; leave it out for the whole bundled suite.");
        }
        int bracket = Files.exists(path(argument)) ? -1 : argument.indexOf('[');
        String name = bracket < 0 ? argument : argument.substring(0, bracket);
        int before = found.size();
        addAllOf(name);
        if (bracket >= 0) {
            keepOnly(argument, name, argument.substring(bracket), before);
        }
    }

    private void addAllOf(String name) {
        Path path = path(name);
        if (!name.isEmpty() && Files.isDirectory(path)) {
            addFolder(path);
        } else if (!name.isEmpty() && Files.exists(path)) {
            addFile(path, parent(path), loader.load(path));
        } else {
            addBundledNamed(name);
        }
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new UnknownCaseException("'" + name + "' cannot be a path: " + e.getReason() + ".");
        }
    }

    private void keepOnly(String argument, String name, String selection, int from) {
        List<UnnamedCase> all = found.subList(from, found.size());
        List<String> arguments = all.stream().map(UnnamedCase::argument).toList();
        all.replaceAll(one -> one.selected(selection));
        all.removeIf(one -> !one.argument().endsWith(selection));
        if (all.isEmpty() && problems.isEmpty()) {
            throw new UnknownCaseException("'" + argument + "' names no case of " + name + "; there "
                    + (arguments.size() == 1 ? "is " : "are ") + String.join(", ", arguments) + ".");
        }
    }

    private void addFolder(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> scenarios = paths.filter(
                            path -> ENDING.matcher(path.toString()).find() && Files.isRegularFile(path))
                    .sorted()
                    .toList();
            scenarios = scenarios.stream().filter(path -> !isDictionary(path)).toList();
            if (scenarios.isEmpty()) {
                throw new UnknownCaseException("'" + folder + "' holds no scenario file (*.yaml).");
            }
            Path base = folder.toAbsolutePath().normalize();
            eachLoaded(scenarios, loader::load, (path, loaded) -> addFile(path, base, loaded));
        } catch (IOException | UncheckedIOException e) {
            throw new UnknownCaseException("The folder '" + folder + "' cannot be read; look at its permissions.");
        }
    }

    /** A console dictionary may lie beside the scenarios that need it; its first key says what it is. */
    private static boolean isDictionary(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .findFirst()
                    .filter(line -> line.startsWith("dictionary:"))
                    .isPresent();
        } catch (IOException | UncheckedIOException unreadable) {
            return false; // whoever loads it says why
        }
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().normalize().getParent();
        return parent == null ? file : parent;
    }

    private void addFile(Path path, Path base, LoadResult loaded) {
        add(loaded, path.toAbsolutePath().normalize(), base, path.toString());
    }

    private void addBundled(Map<String, String> texts) {
        eachLoaded(
                texts.keySet(),
                name -> loader.load("suite/" + name, Objects.requireNonNull(texts.get(name))),
                (name, loaded) -> add(loaded, Path.of(name), null, stem(name)));
    }

    /** Reads files on all processors and goes through them in their order. */
    private static <T> void eachLoaded(
            Collection<T> files, Function<T, LoadResult> load, BiConsumer<T, LoadResult> then) {
        List<T> ordered = List.copyOf(files);
        List<LoadResult> loaded = ordered.parallelStream().map(load).toList();
        for (int i = 0; i < ordered.size(); i++) {
            then.accept(ordered.get(i), loaded.get(i));
        }
    }

    private void addBundledNamed(String name) {
        SortedMap<String, String> bundled = BundledSuite.files();
        int before = files;
        String folder = name.endsWith("/") ? name : name + "/";
        SortedMap<String, String> meant = new TreeMap<>(bundled);
        meant.keySet().removeIf(file -> !stem(file).equals(stem(name)) && !file.startsWith(folder));
        addBundled(meant);
        if (files == before) {
            throw new UnknownCaseException(
                    "'" + name + "' is neither a file, nor a folder, nor a scenario of the bundled suite; "
                            + Nearest.to(stem(name), namesIn(bundled))
                                    .map(nearest -> "did you mean " + nearest + "?")
                                    .orElse("see `fieldloop list`."));
        }
    }

    private void add(LoadResult loaded, Path file, @Nullable Path base, String argument) {
        files++;
        if (loaded instanceof LoadResult.Broken broken) {
            problems.addAll(broken.problems());
            return;
        }
        for (Scenario scenario : ((LoadResult.Ready) loaded).cases()) {
            found.add(new UnnamedCase(file, base, argument, scenario));
        }
    }

    /** Scenarios and the folders they are in. */
    private static Set<String> namesIn(SortedMap<String, String> bundled) {
        Set<String> names = new TreeSet<>();
        for (String file : bundled.keySet()) {
            names.add(stem(file));
            names.add(file.substring(0, Math.max(0, file.indexOf('/'))));
        }
        return names;
    }

    static String stem(String name) {
        return ENDING.matcher(name.replace('\\', '/')).replaceFirst("");
    }
}
