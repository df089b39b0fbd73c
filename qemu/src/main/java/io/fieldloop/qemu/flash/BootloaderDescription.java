package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a bootloader of ESP-IDF 5.1 and newer says of itself ({@code esp_bootloader_desc_t}, 80 bytes at the start of its
 * first segment).
 */
public record BootloaderDescription(String idfVersion, String buildTime) {
    private static final int MAGIC = 0x50;
    private static final int LENGTH = 80;

    /** What every bootloader of ESP-IDF logs of itself when it begins: {@code ESP-IDF %s 2nd stage bootloader}. */
    private static final String TITLE = "2nd stage bootloader";

    private static final Pattern VERSION = Pattern.compile("(?<=\0)v\\d+\\.\\d+[\\w.-]{0,24}(?=\0)");

    /** The description at the start of a segment, or none: older bootloaders have none. */
    static @Nullable BootloaderDescription read(Bytes segment) {
        // One byte of magic is little; the three after it are reserved as zero.
        if (segment.length() < LENGTH || segment.u32(0) != MAGIC) {
            return null;
        }
        return new BootloaderDescription(segment.text(8, 32), segment.text(40, 24));
    }

    /** What a bootloader without a description is by the texts in it. */
    static String guess(List<Segment> segments) {
        for (Segment segment : segments) {
            String text = new String(segment.data().toArray(), StandardCharsets.ISO_8859_1);
            if (text.contains(TITLE)) {
                Matcher version = VERSION.matcher(text);
                return "ESP-IDF " + (version.find() ? version.group() : "of an unknown version")
                        + ", from before 5.1, where bootloaders have no description";
            }
        }
        return "without a description (ESP-IDF before 5.1, or not ESP-IDF)";
    }
}
