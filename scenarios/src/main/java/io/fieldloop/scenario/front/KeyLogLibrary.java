package io.fieldloop.scenario.front;

import io.fieldloop.scenario.OwnsWallClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A library for {@code LD_PRELOAD} with which a front that is linked with OpenSSL leaves the secrets of its TLS sessions.
 *
 * <p>nginx and lighttpd have no setting for it, and OpenSSL itself heeds {@code SSLKEYLOGFILE} from 3.5 on only, where it was built so.
 * It is built once, where this machine has a C compiler; elsewhere these two leave no secrets.
 */
@OwnsWallClock("a compiler is a process of this machine")
final class KeyLogLibrary {
    private static final String SOURCE = "keylog.c";
    private static final long BUILD_SECONDS_MAX = 30;

    private KeyLogLibrary() {}

    /** Where it is; nothing where it cannot be built. */
    static Optional<Path> file() {
        return Built.FILE;
    }

    private static final class Built {
        static final Optional<Path> FILE = build();
    }

    private static Optional<Path> build() {
        try {
            Path folder = Files.createTempDirectory("fieldloop-keylog");
            Path source = folder.resolve(SOURCE);
            Path library = folder.resolve("keylog.so");
            folder.toFile().deleteOnExit(); // what is asked for first is deleted last
            source.toFile().deleteOnExit();
            library.toFile().deleteOnExit();
            try (InputStream text = Objects.requireNonNull(KeyLogLibrary.class.getResourceAsStream(SOURCE))) {
                Files.copy(text, source);
            }
            Process compiler = new ProcessBuilder(
                            "cc", "-shared", "-fPIC", "-O1", "-o", library.toString(), source.toString(), "-ldl")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean built = compiler.waitFor(BUILD_SECONDS_MAX, TimeUnit.SECONDS) && compiler.exitValue() == 0;
            compiler.destroyForcibly();
            return built ? Optional.of(library) : Optional.empty();
        } catch (IOException noCompiler) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
