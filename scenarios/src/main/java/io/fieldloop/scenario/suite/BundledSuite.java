package io.fieldloop.scenario.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The scenario files that come with Fieldloop, read from the jar or, in the build, from the class path's directory. */
public final class BundledSuite {
    private static final String ROOT = "/suite";

    private BundledSuite() {}

    /** The text of each file by its path below the suite, such as {@code tls/wrong-name.yaml}, in that order. */
    public static SortedMap<String, String> files() {
        URL root = BundledSuite.class.getResource(ROOT);
        if (root == null) {
            throw new IllegalStateException("This build of Fieldloop has no bundled suite.");
        }
        try {
            URI uri = root.toURI();
            if (!uri.getScheme().equals("jar")) {
                return read(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return read(jar.getPath(ROOT));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("A class path entry has no valid URI.", e);
        } catch (IOException e) {
            throw new UncheckedIOException("The bundled suite could not be read.", e);
        }
    }

    private static SortedMap<String, String> read(Path root) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths.filter(p -> p.toString().endsWith(".yaml"))::iterator) {
                String name = root.relativize(path).toString().replace('\\', '/');
                files.put(name, Files.readString(path, StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
