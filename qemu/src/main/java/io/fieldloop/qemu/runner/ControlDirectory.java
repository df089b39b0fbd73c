package io.fieldloop.qemu.runner;

import io.fieldloop.qemu.machine.ControlSockets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A short-lived directory for one machine's sockets, among the system's temporary files since a socket's path must be short. Its name
 * marks the QEMU process too, and a file in it says who owns it: that is how leftovers are known.
 */
public final class ControlDirectory {
    private static final String PREFIX = "fieldloop-";
    private static final String OWNER = "owner";

    private final Path path;

    private ControlDirectory(Path path) {
        this.path = path;
    }

    static ControlDirectory create() {
        try {
            Path path = Files.createTempDirectory(PREFIX);
            Files.writeString(path.resolve(OWNER), Owner.current().toString());
            return new ControlDirectory(path);
        } catch (IOException failed) {
            throw new EmulationException(
                    "no directory for a machine's sockets can be made among the temporary files (" + failed.getMessage()
                            + "); make room or name another place with -Djava.io.tmpdir.",
                    failed);
        }
    }

    /** Those whose owner is gone. */
    static List<ControlDirectory> orphans() {
        List<ControlDirectory> orphans = new ArrayList<>();
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (DirectoryStream<Path> candidates = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path candidate : candidates) {
                if (owner(candidate).filter(Owner::isGone).isPresent()) {
                    orphans.add(new ControlDirectory(candidate));
                }
            }
        } catch (IOException unreadable) {
            return orphans;
        }
        return orphans;
    }

    private static Optional<Owner> owner(Path directory) {
        try {
            return Owner.parse(Files.readString(directory.resolve(OWNER)));
        } catch (IOException | UncheckedIOException notOurs) {
            return Optional.empty();
        }
    }

    public Path path() {
        return path;
    }

    /** Names the machine's process. */
    public String marker() {
        return path.getFileName().toString();
    }

    public ControlSockets sockets() {
        return ControlSockets.in(path);
    }

    /** With all that is in it, for one that nobody uses any more. */
    void deleteAll() {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(path) && !file.equals(path.resolve(OWNER))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | UncheckedIOException left) {
            // The next sweep tries again.
            return;
        }
        delete();
    }

    /** The owner's file goes last, so that a half-deleted directory is still known for what it is. */
    void delete() {
        try {
            Files.deleteIfExists(sockets().console());
            Files.deleteIfExists(PipeConsole.in(sockets().console()));
            Files.deleteIfExists(PipeConsole.out(sockets().console()));
            Files.deleteIfExists(sockets().qmp());
            Files.deleteIfExists(path.resolve(OWNER));
            Files.deleteIfExists(path);
        } catch (IOException left) {
            // The next sweep tries again.
            return;
        }
    }
}
