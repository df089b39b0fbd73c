package io.fieldloop.qemu.runner.container;

import io.fieldloop.qemu.runner.EmulationException;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files below a folder of the class path, wherever that is: in a jar or in a directory. */
record ClassPathFolder(Map<String, byte[]> files) {
    private static final int HASH_DIGITS = 16;

    /**
     * Reads a folder.
     *
     * @param landmark a file directly in it
     */
    static ClassPathFolder of(String folder, String landmark) {
        URL url = ClassPathFolder.class.getClassLoader().getResource(folder + "/" + landmark);
        if (url == null) {
            throw new EmulationException("this build of Fieldloop has no " + folder + "/" + landmark
                    + " in it, so its container image cannot be built; name an image with --image.");
        }
        try {
            URI uri = url.toURI();
            if (!"jar".equals(uri.getScheme())) {
                return new ClassPathFolder(read(Path.of(uri).resolveSibling("")));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return new ClassPathFolder(read(jar.getPath(folder)));
            }
        } catch (IOException | UncheckedIOException | URISyntaxException unreadable) {
            throw new EmulationException(url + " cannot be read (" + unreadable.getMessage() + ").", unreadable);
        }
    }

    private static Map<String, byte[]> read(Path root) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(root)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    /** The same for the same names and contents, and for no others. */
    String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, bytes) -> {
                digest.update((name + "\0" + bytes.length + "\0").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException neverMissing) {
            throw new IllegalStateException(neverMissing);
        }
    }

    /** Scripts can be run where they are copied to; a jar does not keep that. */
    void copyTo(Path directory) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path copy = directory.resolve(file.getKey());
            Files.createDirectories(copy.getParent());
            Files.write(copy, file.getValue());
            if (file.getKey().endsWith(".sh")) {
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }
}
