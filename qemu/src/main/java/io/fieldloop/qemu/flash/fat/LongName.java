package io.fieldloop.qemu.flash.fat;

import io.fieldloop.qemu.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A name in UTF-16, in entries of 13 characters before the one it belongs to, the last part first. */
final class LongName {
    static final int LENGTH_MAX = 255;

    private static final int[] PLACES = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};
    private static final int LAST = 0x40;
    private static final int NUMBER = 0x3f;
    private static final int CHECKSUM_AT = 13;
    private static final int PADDING = 0xffff;

    private final List<Bytes> parts = new ArrayList<>();

    /** The entries of a name, in the order they are written in. */
    static List<Bytes> entries(String name, int checksum) {
        int count = (name.length() + PLACES.length - 1) / PLACES.length;
        List<Bytes> entries = new ArrayList<>();
        for (int number = count; number >= 1; number--) {
            ByteBuffer out = ByteBuffer.allocate(FatGeometry.ENTRY_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
            out.put(0, (byte) (number == count ? number | LAST : number));
            out.put(11, (byte) FatNode.Stamp.LONG_NAME).put(CHECKSUM_AT, (byte) checksum);
            for (int i = 0; i < PLACES.length; i++) {
                int at = (number - 1) * PLACES.length + i;
                int c = at < name.length() ? name.charAt(at) : at == name.length() ? 0 : PADDING;
                out.putShort(PLACES[i], (short) c);
            }
            entries.add(Bytes.of(out));
        }
        return entries;
    }

    /** Takes one such entry as it is read. */
    void add(Bytes entry) {
        if ((entry.u8(0) & LAST) != 0) {
            parts.clear();
        }
        parts.add(entry);
    }

    /** The name of the entry that follows, or none if the parts are not its own; then begins anew. */
    @Nullable
    String take(ShortName owner) {
        List<Bytes> taken = List.copyOf(parts);
        parts.clear();
        StringBuilder name = new StringBuilder();
        for (int i = taken.size() - 1; i >= 0; i--) {
            Bytes part = taken.get(i);
            int number = taken.size() - i;
            if ((part.u8(0) & NUMBER) != number || part.u8(CHECKSUM_AT) != owner.checksum()) {
                return null;
            }
            for (int place : PLACES) {
                int c = part.u16(place);
                if (c == 0) {
                    return name.toString();
                }
                name.append((char) c);
            }
        }
        return name.isEmpty() ? null : name.toString();
    }
}
