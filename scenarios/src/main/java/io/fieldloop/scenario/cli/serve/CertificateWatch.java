package io.fieldloop.scenario.cli.serve;

import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.CertificateFileException;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes a renewed certificate as soon as its files have changed, so that nobody has to stop the gateway for it.
 *
 * <p>Whoever renews writes two files, one after the other. Until they belong together the old pair is kept, and it is said why.
 */
final class CertificateWatch implements AutoCloseable {
    private static final long LOOK_SECONDS = 1;

    private final Path certificate;
    private final Path key;
    private final Consumer<CertificateChain> renewed;
    private final Consumer<String> said;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("fieldloop-certificate", true));
    private List<Optional<Stamp>> seen;

    /**
     * @param renewed takes a new pair
     * @param said takes the sentence about one that cannot be taken
     */
    CertificateWatch(Path certificate, Path key, Consumer<CertificateChain> renewed, Consumer<String> said) {
        this.certificate = certificate;
        this.key = key;
        this.renewed = renewed;
        this.said = said;
        this.seen = stamps();
    }

    void start() {
        thread.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** Reads the files if one of them is not what it was. */
    void look() {
        List<Optional<Stamp>> now = stamps();
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            renewed.accept(CertificateChain.read(certificate, key));
        } catch (CertificateFileException e) {
            said.accept("certificate not renewed, the old one is still served: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private List<Optional<Stamp>> stamps() {
        return List.of(stamp(certificate), stamp(key));
    }

    private static Optional<Stamp> stamp(Path file) {
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Stamp(is.lastModifiedTime(), is.size(), is.fileKey()));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** What changes when a file is written or replaced. */
    private record Stamp(
            FileTime modified, long size, @Nullable Object file) {}
}
