package io.fieldloop.device.modem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * Bytes as a modem and its driver write them on the line: two upper-case digits each.
 *
 * <p>All that a socket carries goes through here twice, so it works by tables.
 */
public final class Hex {
    private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(ISO_8859_1);
    private static final byte[] VALUES = values();

    private Hex() {}

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        for (int value = 0; value < DIGITS.length; value++) {
            values[DIGITS[value]] = (byte) value;
            values[Character.toLowerCase(DIGITS[value])] = (byte) value;
        }
        return values;
    }

    /** The digits of those bytes. */
    public static String of(byte[] bytes) {
        byte[] digits = new byte[2 * bytes.length];
        for (int index = 0; index < bytes.length; index++) {
            digits[2 * index] = DIGITS[bytes[index] >> 4 & 0xF];
            digits[2 * index + 1] = DIGITS[bytes[index] & 0xF];
        }
        return new String(digits, ISO_8859_1);
    }

    /** What that digit stands for; -1 where it is none. */
    public static int valueOf(char digit) {
        return digit < VALUES.length ? VALUES[digit] : -1;
    }
}
