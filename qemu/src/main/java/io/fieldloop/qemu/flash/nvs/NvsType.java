package io.fieldloop.qemu.flash.nvs;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;

/** The types of an entry: the code on flash, and the bytes that a number has. */
public enum NvsType {
    U8(0x01, 1),
    I8(0x11, 1),
    U16(0x02, 2),
    I16(0x12, 2),
    U32(0x04, 4),
    I32(0x14, 4),
    U64(0x08, 8),
    I64(0x18, 8),
    STR(0x21, 0),
    /** Blobs of format version 1, in one piece; read, never written. */
    BLOB_V1(0x41, 0),
    BLOB_DATA(0x42, 0),
    BLOB_INDEX(0x48, 0);

    private static final int SIGNED = 0x10;

    private final int code;
    private final int bytes;

    NvsType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    static Optional<NvsType> withCode(int code) {
        for (NvsType type : values()) {
            if (type.code == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    int code() {
        return code;
    }

    int bytes() {
        return bytes;
    }

    public boolean isNumber() {
        return bytes > 0;
    }

    boolean isSigned() {
        return (code & SIGNED) != 0;
    }

    /** Whether data entries follow the first one. */
    boolean hasData() {
        return this == STR || this == BLOB_V1 || this == BLOB_DATA;
    }

    /** The lowest number it holds. */
    public BigInteger min() {
        return isSigned() ? BigInteger.TWO.pow(bytes * 8 - 1).negate() : BigInteger.ZERO;
    }

    /** The highest number it holds. */
    public BigInteger max() {
        return BigInteger.TWO.pow(bytes * 8 - (isSigned() ? 1 : 0)).subtract(BigInteger.ONE);
    }

    /** As the generator's CSV names it. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
