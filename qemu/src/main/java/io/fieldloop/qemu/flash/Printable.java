package io.fieldloop.qemu.flash;

import java.util.regex.Pattern;

/** Makes text from an image safe to show: a label or a setting may hold anything, escape sequences of a terminal too. */
final class Printable {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f]");

    private Printable() {}

    static String of(String text) {
        return CONTROL.matcher(text).replaceAll("\ufffd");
    }
}
