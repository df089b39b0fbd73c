package io.fieldloop.qemu.flash.fat;

import io.fieldloop.qemu.bytes.Bytes;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The name every entry has: eight characters and three, upper case, with two flags that say "in lower case".
 *
 * <p>FatFs writes {@code main.py} as such a name, without a long one, so firmware built without long names finds it too.
 *
 * @param flags {@link #LOWER_BASE} and {@link #LOWER_EXTENSION}
 */
record ShortName(Bytes bytes, int flags) {
    static final int LENGTH = 11;

    private static final int LOWER_BASE = 0x08;
    private static final int LOWER_EXTENSION = 0x10;
    private static final int BASE_LENGTH = 8;
    private static final String PUNCTUATION = "$%'-_@~`!(){}^#&";

    /** A first byte 0xe5 would mean "deleted" and is stored as this. */
    private static final int ESCAPED_E5 = 0x05;

    private static final Charset OEM = Charset.forName("IBM437");

    /** The short name that is this name, if it has that form. */
    static Optional<ShortName> exactly(String name) {
        int dot = name.lastIndexOf('.');
        String base = dot < 0 ? name : name.substring(0, dot);
        String extension = dot < 0 ? "" : name.substring(dot + 1);
        if (base.isEmpty() || base.length() > BASE_LENGTH || extension.length() > LENGTH - BASE_LENGTH) {
            return Optional.empty();
        }
        if (dot == name.length() - 1 || !isPlain(base) || !isPlain(extension)) {
            return Optional.empty();
        }
        int flags = (hasLower(base) ? LOWER_BASE : 0) | (hasLower(extension) ? LOWER_EXTENSION : 0);
        return Optional.of(new ShortName(padded(base, extension), flags));
    }

    /** A stand-in for a long name: {@code LONGNA~1.TXT}. */
    static ShortName alias(String name, int number) {
        int dot = name.lastIndexOf('.');
        String base = plain(dot <= 0 ? name : name.substring(0, dot));
        String extension = dot <= 0 ? "" : plain(name.substring(dot + 1));
        String tail = "~" + number;
        String head = base.substring(0, Math.min(base.length(), BASE_LENGTH - tail.length()));
        return new ShortName(
                padded(head + tail, extension.substring(0, Math.min(extension.length(), LENGTH - BASE_LENGTH))), 0);
    }

    /** As it is in an entry. */
    static ShortName read(Bytes entry) {
        return new ShortName(entry.slice(0, LENGTH), entry.u8(12));
    }

    /** As a person writes it. */
    String text() {
        byte[] raw = bytes.toArray();
        if (raw[0] == ESCAPED_E5) {
            raw[0] = (byte) 0xe5;
        }
        String base = new String(raw, 0, BASE_LENGTH, OEM).stripTrailing();
        String extension = new String(raw, BASE_LENGTH, LENGTH - BASE_LENGTH, OEM).stripTrailing();
        String shown = (flags & LOWER_BASE) == 0 ? base : base.toLowerCase(Locale.ROOT);
        String end = (flags & LOWER_EXTENSION) == 0 ? extension : extension.toLowerCase(Locale.ROOT);
        return end.isEmpty() ? shown : shown + "." + end;
    }

    /** What the parts of a long name repeat, so that one left over is not taken for another file's. */
    int checksum() {
        int sum = 0;
        for (int i = 0; i < LENGTH; i++) {
            sum = (((sum & 1) << 7) + (sum >> 1) + bytes.u8(i)) & 0xff;
        }
        return sum;
    }

    private static Bytes padded(String base, String extension) {
        byte[] name = new byte[LENGTH];
        Arrays.fill(name, (byte) ' ');
        put(name, 0, base);
        put(name, BASE_LENGTH, extension);
        return Bytes.of(name);
    }

    private static void put(byte[] name, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            name[at + i] = (byte) Character.toUpperCase(text.charAt(i));
        }
    }

    /** Whether these characters may be in a short name, in one case. */
    private static boolean isPlain(String text) {
        boolean upper = text.chars().anyMatch(c -> c >= 'A' && c <= 'Z');
        return text.chars().allMatch(ShortName::isPlain) && !(upper && hasLower(text));
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || PUNCTUATION.indexOf(c) >= 0;
    }

    private static boolean hasLower(String text) {
        return text.chars().anyMatch(c -> c >= 'a' && c <= 'z');
    }

    private static String plain(String text) {
        StringBuilder kept = new StringBuilder();
        text.chars().filter(c -> c != ' ' && c != '.').forEach(c -> kept.append(isPlain(c) ? (char) c : '_'));
        return kept.isEmpty() ? "_" : kept.toString();
    }
}
