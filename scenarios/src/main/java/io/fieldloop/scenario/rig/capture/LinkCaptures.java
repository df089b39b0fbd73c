package io.fieldloop.scenario.rig.capture;

import io.fieldloop.device.link.event.LinkTap;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.server.tls.KeyLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The captures of one scenario: a file for each device that connects, or none where nobody asked for them. */
public final class LinkCaptures {
    private final @Nullable Path directory;
    private final Map<String, StreamCapture> byDevice = new ConcurrentHashMap<>();

    private LinkCaptures(@Nullable Path directory) {
        this.directory = directory;
    }

    /** Captures nothing. */
    public static LinkCaptures none() {
        return new LinkCaptures(null);
    }

    /** Whether anything is captured. */
    public boolean isOn() {
        return directory != null;
    }

    /** Captures into {@code <device>.pcapng} files there. */
    public static LinkCaptures in(Path directory) {
        return new LinkCaptures(directory);
    }

    /**
     * What is to see a device's link.
     *
     * @param clock gives the packets' times
     * @param source the device's address
     * @param ports the nominal port of where a connection leads
     */
    public LinkTap tap(String device, InstantSource clock, InetAddress source, ToIntFunction<SocketAddress> ports) {
        return directory == null
                ? LinkTap.NONE
                : byDevice.computeIfAbsent(
                        device, name -> new StreamCapture(directory.resolve(fileName(name)), clock, source, ports));
    }

    private static String fileName(String device) {
        return device.replace('#', '-') + ".pcapng";
    }

    /** What takes the gateway's TLS secrets; null when nothing is captured. */
    public @Nullable KeyLog keyLog() {
        return directory == null ? null : line -> byDevice.values().forEach(capture -> capture.tlsSecret(line));
    }

    /** A journal entry: a comment in the capture of the device it is about, a step of the scenario in all of them. */
    public void noted(JournalEntry entry) {
        Note note = byDevice.isEmpty() ? null : Note.of(entry);
        if (note == null) {
            return;
        }
        byDevice.forEach((device, capture) -> {
            if (note.concerns(device)) {
                capture.event(note.text());
            }
        });
    }

    /** Puts secrets beside the captures that they open, for {@code diagnose --keylog}; none where there is nothing to keep. */
    public void keep(String file, String secrets) {
        if (directory == null || secrets.isEmpty()) {
            return;
        }
        try {
            Path kept = Files.createFile(
                    Files.createDirectories(directory).resolve(file),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(kept, secrets);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    file + " in " + directory + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Completes the files.
     *
     * @throws UncheckedIOException one sentence, when one is not complete
     */
    public void close() {
        for (StreamCapture capture : byDevice.values()) {
            try {
                capture.close();
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "A capture in " + directory + " is not complete: " + e.getMessage() + ".", e);
            }
        }
    }
}
