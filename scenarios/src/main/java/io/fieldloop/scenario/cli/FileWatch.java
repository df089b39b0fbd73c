package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.cli.option.CliException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Waits until one of some files, or a file below one of some folders, is saved. */
final class FileWatch implements AutoCloseable {
    private static final Pattern SCENARIO = Pattern.compile("\\.ya?ml$");

    private final WatchService changes;
    private final Map<WatchKey, Path> folders = new HashMap<>();
    private final Set<Path> watched = new HashSet<>();

    /** Watches from now on; throws {@link CliException} for a name that is no file. */
    FileWatch(List<String> names) {
        if (names.isEmpty()) {
            throw new CliException("--watch needs the file or folder that is to be watched.");
        }
        try {
            changes = FileSystems.getDefault().newWatchService();
            for (String name : names) {
                // One case of a file is that file.
                add(
                        Path.of(name.replaceFirst("\\[[^\\]/]*]$", ""))
                                .toAbsolutePath()
                                .normalize(),
                        name);
            }
        } catch (IOException e) {
            throw new CliException("Nothing can be watched here: " + e.getMessage() + ".");
        }
    }

    private void add(Path path, String name) throws IOException {
        if (Files.isDirectory(path)) {
            try (Stream<Path> below = Files.walk(path)) {
                for (Path folder : (Iterable<Path>) below.filter(Files::isDirectory)::iterator) {
                    watch(folder);
                }
            }
        } else if (Files.exists(path)) {
            watch(path.resolveSibling(""));
        } else {
            throw new CliException("--watch needs files that can be changed, and '" + name + "' is none.");
        }
        watched.add(path);
    }

    private void watch(Path folder) throws IOException {
        // An editor that writes a new file and renames it makes one; others change it.
        folders.put(
                folder.register(changes, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY),
                folder);
    }

    /** Blocks until one of them is saved. */
    void await() throws InterruptedException {
        boolean saved = false;
        while (!saved) {
            WatchKey key = changes.take();
            Path folder = folders.get(key);
            for (WatchEvent<?> event : key.pollEvents()) {
                saved |= event.context() instanceof Path file && folder != null && isWatched(folder.resolve(file));
            }
            key.reset();
        }
    }

    private boolean isWatched(Path file) {
        return watched.stream()
                .anyMatch(one -> file.equals(one)
                        || (file.startsWith(one)
                                && SCENARIO.matcher(file.toString()).find()));
    }

    @Override
    public void close() {
        try {
            changes.close();
        } catch (IOException nothingMoreToSee) {
            // Whoever closes it watches no more.
        }
    }
}
