package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What an app says of itself ({@code esp_app_desc_t}, 256 bytes at the start of its first segment).
 *
 * @param time of the build, as the C compiler wrote it: {@code 19:46:07}; empty in reproducible builds
 * @param date of the build: {@code Sep 13 2022}; empty in reproducible builds
 * @param elfSha256 of the ELF file the image was made from
 */
public record AppDescription(
        String projectName, String version, String idfVersion, String date, String time, Bytes elfSha256) {
    public static final int LENGTH = 256;

    private static final int VERSION_AT = 16;
    private static final int TEXT_LENGTH = 32;
    private static final long MAGIC = 0xabcd5432L;

    /** The description at the start of a segment, or none if there is none. */
    static @Nullable AppDescription read(Bytes segment) {
        if (segment.length() < LENGTH || segment.u32(0) != MAGIC) {
            return null;
        }
        return new AppDescription(
                segment.text(48, 32),
                segment.text(VERSION_AT, TEXT_LENGTH),
                segment.text(112, 32),
                segment.text(96, 16),
                segment.text(80, 16),
                segment.slice(144, 32));
    }

    /** A segment that begins with a description, with another version in it. */
    static Bytes withVersion(Bytes segment, String version) {
        ByteBuffer out = Bytes.erased(segment.length());
        segment.putInto(out);
        out.put(VERSION_AT, new byte[TEXT_LENGTH]);
        put(out, VERSION_AT, version, TEXT_LENGTH);
        return Bytes.of(out);
    }

    /** The 256 bytes, with secure version 0. */
    public Bytes toBytes() {
        ByteBuffer out = Bytes.erased(LENGTH);
        out.put(new byte[LENGTH]);
        out.putInt(0, (int) MAGIC);
        put(out, VERSION_AT, version, TEXT_LENGTH);
        put(out, 48, projectName, 32);
        put(out, 80, time, 16);
        put(out, 96, date, 16);
        put(out, 112, idfVersion, 32);
        elfSha256.putInto(out.position(144));
        return Bytes.of(out);
    }

    private static void put(ByteBuffer out, int at, String text, int fieldBytes) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.put(at, bytes, 0, Math.min(bytes.length, fieldBytes - 1));
    }

    /** Name and version, or that there are none, as in MicroPython's releases. */
    public String title() {
        String title = (projectName + " " + version).strip();
        return title.isEmpty() ? "without a name and a version" : title;
    }

    /** Date and time of the build, or why there is none. */
    public String buildTime() {
        return date.isEmpty() && time.isEmpty() ? "not recorded" : date + " " + time;
    }
}
