package io.fieldloop.qemu.bytes;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file that only its owner can read: what decrypts a device's sessions, or what it prints, is nobody else's to know. */
public final class OwnersFile {
    private OwnersFile() {}

    /** Opens it to write; {@code how} says what becomes of one that is there. */
    public static FileChannel open(Path path, StandardOpenOption... how) throws IOException {
        FileAttribute<?>[] readableBy =
                path.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        return FileChannel.open(path, Set.<OpenOption>of(how), readableBy);
    }
}
