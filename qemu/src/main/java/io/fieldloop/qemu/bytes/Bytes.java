package io.fieldloop.qemu.bytes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A stretch of bytes that never changes, read in little endian.
 *
 * <p>A position outside of it is a defect of the caller ({@link IndexOutOfBoundsException}): who reads a format checks
 * lengths first, so that it can say which part is cut off.
 */
public final class Bytes {
    private static final byte ERASED = (byte) 0xff;

    private final byte[] array;
    private final int from;
    private final int length;

    private Bytes(byte[] array, int from, int length) {
        this.array = array;
        this.from = from;
        this.length = length;
    }

    /** The bytes as they are now; later changes of the array are not seen. */
    public static Bytes of(byte... array) {
        return new Bytes(array.clone(), 0, array.length);
    }

    /** The whole of a buffer as it is now, wherever its position is. */
    public static Bytes of(ByteBuffer buffer) {
        byte[] array = new byte[buffer.capacity()];
        buffer.get(0, array);
        return new Bytes(array, 0, array.length);
    }

    public static Bytes utf8(String text) {
        byte[] array = text.getBytes(StandardCharsets.UTF_8);
        return new Bytes(array, 0, array.length);
    }

    public int length() {
        return length;
    }

    public int u8(int at) {
        return array[from + Objects.checkIndex(at, length)] & 0xff;
    }

    public int u16(int at) {
        return u8(at) | (u8(at + 1) << 8);
    }

    public long u32(int at) {
        return u16(at) | ((long) u16(at + 2) << 16);
    }

    /** A C string in a field of fixed size: up to the first NUL, or the whole field. */
    public String text(int at, int fieldBytes) {
        Objects.checkFromIndexSize(at, fieldBytes, length);
        int end = 0;
        while (end < fieldBytes && u8(at + end) != 0) {
            end++;
        }
        return new String(array, from + at, end, StandardCharsets.UTF_8);
    }

    /** All bytes as UTF-8. */
    public String text() {
        return new String(array, from, length, StandardCharsets.UTF_8);
    }

    public Bytes slice(int at, int count) {
        Objects.checkFromIndexSize(at, count, length);
        return new Bytes(array, from + at, count);
    }

    /** Whether flash reads so after an erase, every bit one. */
    public boolean isErased() {
        for (int i = from; i < from + length; i++) {
            if (array[i] != ERASED) {
                return false;
            }
        }
        return true;
    }

    public byte[] toArray() {
        return Arrays.copyOfRange(array, from, from + length);
    }

    /** Copies into the same position-advancing buffer that formats are written with. */
    public void putInto(ByteBuffer target) {
        target.put(array, from, length);
    }

    public void feed(MessageDigest digest) {
        digest.update(array, from, length);
    }

    public String hex() {
        return HexFormat.of().formatHex(array, from, from + length);
    }

    /** A buffer to write a format into: erased flash, little endian. */
    public static ByteBuffer erased(int count) {
        byte[] array = new byte[count];
        Arrays.fill(array, ERASED);
        return ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes
                && Arrays.equals(array, from, from + length, bytes.array, bytes.from, bytes.from + bytes.length);
    }

    @Override
    public int hashCode() {
        return ByteBuffer.wrap(array, from, length).hashCode();
    }

    @Override
    public String toString() {
        return length + " bytes";
    }
}
