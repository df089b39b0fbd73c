package io.fieldloop.scenario.diagnose.capture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Unsigned numbers in arrays: network order, and the file's own order, which is that of the machine that wrote it. */
public final class Octets {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Octets() {}

    public static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xFF;
    }

    public static int u16(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at) & 0xFFFF;
    }

    public static int u24(byte[] bytes, int at) {
        return u8(bytes, at) << 16 | u16(bytes, at + 1);
    }

    /** Four octets as they are; negative above 2³¹. */
    public static int i32(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    public static long i64(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static int u16(byte[] bytes, int at, boolean littleEndian) {
        int value = u16(bytes, at);
        return littleEndian ? Short.reverseBytes((short) value) & 0xFFFF : value;
    }

    static int i32(byte[] bytes, int at, boolean littleEndian) {
        int value = i32(bytes, at);
        return littleEndian ? Integer.reverseBytes(value) : value;
    }

    static long u32(byte[] bytes, int at, boolean littleEndian) {
        return Integer.toUnsignedLong(i32(bytes, at, littleEndian));
    }

    static long i64(byte[] bytes, int at, boolean littleEndian) {
        long value = i64(bytes, at);
        return littleEndian ? Long.reverseBytes(value) : value;
    }
}
