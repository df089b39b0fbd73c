package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One image as the chip loads it, a bootloader or an app: header, segments, XOR checksum, SHA-256.
 *
 * <p>A wrong digest is not refused here: tools that write a bootloader change flash settings in its header, some without a
 * new digest (esptool before 4, esptool-js 0.7.0), and nothing checks a bootloader's. See {@link #requireDigest}.
 *
 * @param bytes the whole image, with its digest where it has one
 * @param digest SHA-256 over everything before the place of the appended one
 * @param appendedDigest what the image says it should be
 */
public record ChipImage(
        ImageHeader header,
        List<Segment> segments,
        Bytes bytes,
        Bytes digest,
        @Nullable Bytes appendedDigest) {
    private static final int CHECKSUM_SEED = 0xef;
    private static final int BLOCK = 16;
    private static final int DIGEST_LENGTH = 32;

    public ChipImage {
        segments = List.copyOf(segments);
    }

    /**
     * Reads the image that begins at an offset.
     *
     * @param roomEnd where its room ends: its partition's end, or the next thing in flash
     * @param name how a sentence calls it
     */
    static ChipImage read(Bytes file, int offset, int roomEnd, String name) {
        Room room = new Room(file.length(), roomEnd, name);
        room.require(offset + ImageHeader.LENGTH, "its header");
        ImageHeader header = ImageHeader.read(file.slice(offset, ImageHeader.LENGTH), name);
        List<Segment> segments = new ArrayList<>();
        int at = offset + ImageHeader.LENGTH;
        for (int i = 0; i < header.segmentCount(); i++) {
            String which = "segment " + i + String.format(Locale.ROOT, " at 0x%x", at);
            room.require((long) at + Segment.HEADER_LENGTH, which);
            long length = file.u32(at + 4);
            room.require(at + Segment.HEADER_LENGTH + length, which);
            segments.add(new Segment(file.u32(at), file.slice(at + Segment.HEADER_LENGTH, (int) length)));
            at += Segment.HEADER_LENGTH + (int) length;
        }
        int end = offset + checkedLength(at - offset);
        room.require(end, "its checksum");
        checkChecksum(segments, file.u8(end - 1), end - 1, name);
        Bytes checked = file.slice(offset, end - offset);
        if (!header.digestAppended()) {
            return new ChipImage(header, segments, checked, sha256(checked), null);
        }
        room.require((long) end + DIGEST_LENGTH, "its SHA-256");
        Bytes whole = file.slice(offset, end - offset + DIGEST_LENGTH);
        return new ChipImage(header, segments, whole, sha256(checked), file.slice(end, DIGEST_LENGTH));
    }

    /** Makes an image: checksum, padding and digest are added, and the header's segment count is set. */
    public static ChipImage of(ImageHeader header, List<Segment> segments) {
        int length = ImageHeader.LENGTH;
        for (Segment segment : segments) {
            length += Segment.HEADER_LENGTH + segment.data().length();
        }
        ImageHeader counted = header.withSegmentCount(segments.size());
        ByteBuffer out = Bytes.erased(checkedLength(length) + (header.digestAppended() ? DIGEST_LENGTH : 0));
        counted.write(out);
        for (Segment segment : segments) {
            out.putInt((int) segment.address()).putInt(segment.data().length());
            segment.data().putInto(out);
        }
        while (out.position() % BLOCK < BLOCK - 1) {
            out.put((byte) 0);
        }
        out.put((byte) checksum(segments));
        Bytes digest = sha256(Bytes.of(out).slice(0, out.position()));
        if (!header.digestAppended()) {
            return new ChipImage(counted, segments, Bytes.of(out), digest, null);
        }
        digest.putInto(out);
        return new ChipImage(counted, segments, Bytes.of(out), digest, digest);
    }

    /**
     * The same application as another version of itself.
     *
     * @param bytesMin the size up to which it is filled
     */
    public ChipImage asVersion(String version, int bytesMin) {
        List<Segment> changed = new ArrayList<>(segments);
        changed.set(0, new Segment(segments.get(0).address(), AppDescription.withVersion(firstData(), version)));
        int missing = bytesMin - bytes.length();
        if (missing > 0) {
            changed.add(new Segment(0, Bytes.of(new byte[(missing + BLOCK - 1) & -BLOCK])));
        }
        return of(header, changed);
    }

    /** Refuses an image whose appended SHA-256 is not its own, as the bootloader refuses to start it. */
    ChipImage requireDigest(String name) {
        if (appendedDigest != null && !hasOwnDigest()) {
            throw new FlashImageException("SHA-256 mismatch: " + name + " has " + digest.hex() + ", but "
                    + appendedDigest.hex() + " is appended to it; it was changed or damaged after it was built.");
        }
        return this;
    }

    /** Whether the appended SHA-256, if there is one, is its own. */
    boolean hasOwnDigest() {
        return appendedDigest == null || appendedDigest.equals(digest);
    }

    /**
     * The header for which the appended SHA-256 was made, where it differs from today's in flash settings alone.
     *
     * <p>There are 768 of them, so each is tried: what comes out is known, not supposed.
     */
    Optional<ImageHeader> headerOfDigest() {
        byte[] checked = bytes.slice(0, bytes.length() - DIGEST_LENGTH).toArray();
        for (ImageHeader settings : header.withEachFlashSettings()) {
            settings.write(ByteBuffer.wrap(checked).order(ByteOrder.LITTLE_ENDIAN));
            if (Objects.equals(appendedDigest, sha256(Bytes.of(checked)))) {
                return Optional.of(settings);
            }
        }
        return Optional.empty();
    }

    /** Where the first segment's data begins: the chip reads a description there. */
    Bytes firstData() {
        return segments.get(0).data();
    }

    /** The checksum is the last byte of the first block of 16 that has room for it. */
    private static int checkedLength(int dataEnd) {
        return (dataEnd | (BLOCK - 1)) + 1;
    }

    private static void checkChecksum(List<Segment> segments, int stored, int at, String name) {
        int computed = checksum(segments);
        if (computed != stored) {
            throw new FlashImageException(String.format(
                    Locale.ROOT,
                    "checksum mismatch: the segments of %s give 0x%02x, but 0x%02x is stored at 0x%x.",
                    name,
                    computed,
                    stored,
                    at));
        }
    }

    private static int checksum(List<Segment> segments) {
        int sum = CHECKSUM_SEED;
        for (Segment segment : segments) {
            for (byte value : segment.data().toArray()) {
                sum ^= value;
            }
        }
        return sum & 0xff;
    }

    private static Bytes sha256(Bytes bytes) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            bytes.feed(sha);
            return Bytes.of(sha.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** How far an image may go, and what to say of one that goes further. */
    private record Room(int fileEnd, int roomEnd, String name) {
        void require(long end, String part) {
            if (end > fileEnd && fileEnd <= roomEnd) {
                throw new FlashImageException(String.format(
                        Locale.ROOT,
                        "truncated at offset 0x%x: %s goes on to at least 0x%x (%s); copy or build the image again.",
                        fileEnd,
                        name,
                        end,
                        part));
            }
            if (end > roomEnd) {
                throw new FlashImageException(String.format(
                        Locale.ROOT,
                        "%s does not fit: it goes on to at least 0x%x (%s), but its room ends at 0x%x.",
                        name,
                        end,
                        part,
                        roomEnd));
            }
        }
    }
}
