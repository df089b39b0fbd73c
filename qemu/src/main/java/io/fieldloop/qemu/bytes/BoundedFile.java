package io.fieldloop.qemu.bytes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Reads files of users whole, and none that is larger than its kind can be: {@code /dev/zero} has no size to ask for. */
public final class BoundedFile {
    private BoundedFile() {}

    /**
     * All of the file.
     *
     * @throws TooLargeException if there is more in it
     */
    public static byte[] read(Path file, int bytesMax) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(bytesMax);
            if (in.read() >= 0) {
                throw new TooLargeException(bytesMax);
            }
            return bytes;
        }
    }

    /** A file that cannot be of the expected kind; the message says so in a clause, {@code it has more than 65536 bytes}. */
    public static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1;

        TooLargeException(int bytesMax) {
            super(String.format(Locale.ROOT, "it has more than %d bytes", bytesMax));
        }
    }
}
