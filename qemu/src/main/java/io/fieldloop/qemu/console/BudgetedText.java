package io.fieldloop.qemu.console;

/**
 * The text of a line as a pattern may look at it: the first characters, and so often.
 *
 * <p>Dictionaries are written by users, and a backtracking pattern on an unlucky line could otherwise stop the harness.
 */
final class BudgetedText implements CharSequence {

    /** The pattern has looked too often. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Exhausted() {
            super("a console pattern took too many steps", null, false, false);
        }
    }

    static final int CHARS_MAX = 1024;
    private static final int LOOKS_MAX = 200_000;

    private final String text;
    private int looks;

    BudgetedText(String text) {
        this.text = text.length() <= CHARS_MAX ? text : text.substring(0, CHARS_MAX);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (++looks > LOOKS_MAX) {
            throw new Exhausted();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
