package io.fieldloop.scenario.front;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The lines of a user's own configuration with those of the files it includes, each with its place, and without comments.
 *
 * <p>What a copied file includes is looked for beside it: {@code /etc/nginx/snippets/tls.conf} in {@code snippets}. Of this machine only
 * single files stay included, such as {@code mime.types}, and what belongs to other programs: a pattern would find other sites here.
 */
final class OwnText {
    private static final Pattern DUMPED = Pattern.compile("# configuration file (\\S+):");
    private static final Pattern COMMENT = Pattern.compile("^\\s*#.*|\\s#[^\"']*$");
    private static final int DEPTH_MAX = 8;

    /** Ends a line that no file has. */
    static final char ADDED = '\r';

    private final FrontFile.Own rules;
    private final Path main;
    /** What {@code nginx -T} printed of each file; empty where a file was given. */
    private final Map<String, List<String>> dump = new LinkedHashMap<>();

    private final List<String> lines = new ArrayList<>();
    private final List<String> places = new ArrayList<>();
    private final List<String> unseen = new ArrayList<>();

    private OwnText(FrontFile.Own rules, Path main) {
        this.rules = rules;
        this.main = main;
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException in a sentence, if it includes what is not here
     */
    static OwnText read(FrontFile.Own rules, Path main) throws IOException {
        OwnText text = new OwnText(rules, main);
        List<String> given =
                Files.readString(main, StandardCharsets.UTF_8).lines().toList();
        text.split(given);
        Map<String, List<String>> all = text.dump.isEmpty() ? Map.of(main.toString(), given) : text.dump;
        String first = all.keySet().iterator().next();
        text.add(first, Objects.requireNonNull(all.get(first)), 0);
        return text;
    }

    private void split(List<String> given) {
        List<String> part = new ArrayList<>();
        for (String line : given) {
            Matcher begins = DUMPED.matcher(line);
            if (begins.matches()) {
                part = dump.computeIfAbsent(begins.group(1), name -> new ArrayList<>());
            } else {
                part.add(line);
            }
        }
    }

    private void add(String name, List<String> text, int depth) throws IOException {
        for (int i = 0; i < text.size(); i++) {
            String line = COMMENT.matcher(text.get(i)).replaceFirst("");
            String place = name + ":" + (i + 1);
            Matcher include = Pattern.compile(rules.includes()).matcher(line);
            boolean isInclude = !rules.includes().isEmpty() && depth < DEPTH_MAX && include.find();
            Map<String, List<String>> found =
                    isInclude ? included(include.group(1), include.group(), place) : Map.of(place, List.of());
            if (found.containsKey(place)) {
                lines.add(line);
                places.add(place);
            } else {
                for (Map.Entry<String, List<String>> file : found.entrySet()) {
                    add(file.getKey(), file.getValue(), depth + 1);
                }
            }
        }
    }

    /** The text of each file; {@code place} alone where the statement is right on this machine, too. */
    private Map<String, List<String>> included(String path, String statement, String place) throws IOException {
        Map<String, List<String>> found = new LinkedHashMap<>();
        for (Path file : dump.isEmpty() ? files(path) : dumped(path)) {
            List<String> text = dump.get(file.toString());
            found.put(
                    file.toString(),
                    text == null
                            ? Files.readString(file, StandardCharsets.UTF_8)
                                    .lines()
                                    .toList()
                            : text);
        }
        boolean isPattern = isPattern(path);
        boolean isElsewhere = Path.of(path).isAbsolute() && !Path.of(path).startsWith(rules.home());
        if (found.isEmpty() && (isPattern ? isElsewhere : Files.isReadable(Path.of(path)))) {
            return Map.of(place, List.of());
        }
        if (found.isEmpty() && !isPattern && !statement.contains("Optional")) {
            throw new IllegalArgumentException(place + " includes " + path + ", which is not here; copy it beside "
                    + main.getFileName() + " or take the line out");
        }
        if (found.isEmpty()) {
            unseen.add(path + " (" + place + ")");
        }
        return found;
    }

    private static boolean isPattern(String path) {
        return path.contains("*") || path.contains("?");
    }

    private List<Path> dumped(String path) {
        PathMatcher wanted = FileSystems.getDefault()
                .getPathMatcher("glob:" + Path.of(rules.home()).resolve(path));
        return dump.keySet().stream().map(Path::of).filter(wanted::matches).toList();
    }

    private List<Path> files(String path) throws IOException {
        Path home = Path.of(rules.home());
        Path wanted = Path.of(path);
        Path folder = Objects.requireNonNull(main.toAbsolutePath().getParent());
        Path below = !wanted.isAbsolute()
                ? wanted
                : wanted.startsWith(home) ? home.relativize(wanted) : wanted.getFileName();
        List<Path> bases = new ArrayList<>(List.of(folder, folder.resolve("..").normalize()));
        if (!wanted.isAbsolute() && !isPattern(path)) {
            bases.add(home);
        }
        for (Path base : bases) {
            List<Path> found =
                    matches(base.resolve(below), isPattern(path) && (!wanted.isAbsolute() || wanted.startsWith(home)));
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private static List<Path> matches(Path path, boolean isPattern) throws IOException {
        if (!isPattern) {
            return Files.isReadable(path) && Files.isRegularFile(path) ? List.of(path) : List.of();
        }
        Path folder = path.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, path.getFileName().toString())) {
            return StreamSupport.stream(files.spliterator(), false)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    /** Where the line of this offset in the text, or in what became of it, stood. */
    String place(String changed, int offset) {
        return places.get((int)
                changed.substring(0, offset).chars().filter(c -> c == '\n').count());
    }

    /** Where each line of what became of the text stood, as {@code FILE:LINE}. */
    List<String> places(String changed) {
        List<String> stood = new ArrayList<>();
        int line = 0;
        for (String lines : changed.split("\n", -1)) {
            String place = places.get(Math.min(line++, places.size() - 1));
            lines.chars().filter(c -> c == ADDED).forEach(added -> stood.add(place));
            stood.add(place);
        }
        return stood;
    }

    /** What was to be included and was not there, as the end of a sentence. */
    String unseen() {
        return unseen.isEmpty() ? "" : " (not there to include: " + String.join(", ", unseen) + ")";
    }
}
