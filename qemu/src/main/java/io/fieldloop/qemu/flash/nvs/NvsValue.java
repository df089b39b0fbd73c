package io.fieldloop.qemu.flash.nvs;

import io.fieldloop.qemu.bytes.Bytes;
import java.math.BigInteger;

/** What a key stands for: a number of a fixed size, a text, or bytes. */
public sealed interface NvsValue {
    static NvsValue u8(int value) {
        return new Numeric(NvsType.U8, BigInteger.valueOf(value));
    }

    static NvsValue i32(int value) {
        return new Numeric(NvsType.I32, BigInteger.valueOf(value));
    }

    static NvsValue text(String text) {
        return new Text(Bytes.utf8(text));
    }

    static NvsValue blob(byte... bytes) {
        return new Blob(Bytes.of(bytes));
    }

    /** A number, of any of the eight sizes. */
    record Numeric(NvsType type, BigInteger value) implements NvsValue {
        public Numeric {
            if (!type.isNumber()) {
                throw new NvsException(type.title() + " is no type of a number.");
            }
            if (value.compareTo(type.min()) < 0 || value.compareTo(type.max()) > 0) {
                throw new NvsException(value + " does not fit into " + type.title() + ", which holds " + type.min()
                        + " to " + type.max() + ".");
            }
        }
    }

    /** A string without its NUL; bytes, because firmware may store what is not UTF-8 and must get it back. */
    record Text(Bytes bytes) implements NvsValue {
        public Text {
            for (int i = 0; i < bytes.length(); i++) {
                if (bytes.u8(i) == 0) {
                    throw new NvsException("a text with a NUL character in it cannot be stored; it would end there.");
                }
            }
        }

        public String text() {
            return bytes.text();
        }
    }

    /** Bytes as they are. */
    record Blob(Bytes bytes) implements NvsValue {}
}
