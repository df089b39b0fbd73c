package io.fieldloop.scenario.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The scenario files that come with Fieldloop, read from the jar or, in the build, from the class path's directory. */
public final class BundledSuite {
    private static final String ROOT = "suite/";
    private static final String ENDING = ".yaml";

    private BundledSuite() {}

    /** The text of each file by its path below the suite, such as {@code tls/wrong-name.yaml}, in that order. */
    public static SortedMap<String, String> files() {
        URL root = BundledSuite.class.getResource("/" + ROOT);
        if (root == null) {
            throw new IllegalStateException("This build of Fieldloop has no bundled suite.");
        }
        try {
            return root.openConnection() instanceof JarURLConnection inJar
                    ? read(inJar.getJarFile())
                    : read(Path.of(root.toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("A class path entry has no valid URI.", e);
        } catch (IOException e) {
            throw new UncheckedIOException("The bundled suite could not be read.", e);
        }
    }

    /** The class loader has the jar open already; a zip file system would read its 16,000 names a second time. */
    private static SortedMap<String, String> read(JarFile jar) throws IOException {
        List<JarEntry> scenarios = jar.stream()
                .filter(entry ->
                        entry.getName().startsWith(ROOT) && entry.getName().endsWith(ENDING))
                .toList();
        SortedMap<String, String> files = new TreeMap<>();
        for (JarEntry entry : scenarios) {
            try (InputStream in = jar.getInputStream(entry)) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                files.put(entry.getName().substring(ROOT.length()), text);
            }
        }
        return files;
    }

    private static SortedMap<String, String> read(Path root) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths.filter(p -> p.toString().endsWith(ENDING))::iterator) {
                String name = root.relativize(path).toString().replace('\\', '/');
                files.put(name, Files.readString(path, StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
