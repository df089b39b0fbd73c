package io.fieldloop.qemu.flash.fat;

import io.fieldloop.qemu.bytes.Bytes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A file or a folder, without its name. */
sealed interface FatNode {
    Stamp stamp();

    /** A file's bytes. */
    record File(Stamp stamp, Bytes contents) implements FatNode {}

    /** What is in a folder, by name, in the order of its entries. */
    record Folder(Stamp stamp, Map<String, FatNode> children) implements FatNode {
        public Folder {
            children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
        }

        /** The name here that the file system takes for the same: case makes no difference to it. */
        Optional<String> spelling(String name) {
            return children.keySet().stream().filter(name::equalsIgnoreCase).findFirst();
        }

        Folder with(String name, FatNode node) {
            Map<String, FatNode> changed = new LinkedHashMap<>(children);
            changed.put(spelling(name).orElse(name), node);
            return new Folder(stamp, changed);
        }
    }

    /**
     * An entry's attributes and times, kept as they are.
     *
     * @param times the 13 bytes from offset 13: created, accessed, a reserved field, modified
     */
    record Stamp(int attributes, Bytes times) {
        static final int VOLUME_LABEL = 0x08;
        static final int FOLDER = 0x10;
        static final int LONG_NAME = 0x0f;

        private static final int ARCHIVE = 0x20;

        /** The first day there is: the same input always gives the same volume. */
        private static final Bytes EPOCH = Bytes.of(new byte[] {0, 0, 0, 0x21, 0, 0x21, 0, 0, 0, 0, 0, 0x21, 0});

        static final Stamp NEW_FILE = new Stamp(ARCHIVE, EPOCH);
        static final Stamp NEW_FOLDER = new Stamp(FOLDER, EPOCH);
    }
}
