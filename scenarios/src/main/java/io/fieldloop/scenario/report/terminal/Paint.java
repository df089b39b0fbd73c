package io.fieldloop.scenario.report.terminal;

import io.fieldloop.scenario.verdict.Verdict;

/** Colours and marks of a terminal, or their absence. */
record Paint(boolean color, boolean unicode) {
    private static final String RESET = "\u001b[0m";

    String dim(String text) {
        return paint("2", text);
    }

    String bold(String text) {
        return paint("1", text);
    }

    String verdict(Verdict verdict, String text) {
        return switch (verdict) {
            case PASSED -> paint("32", text);
            case FAILED -> paint("1;31", text);
            case INCONCLUSIVE -> paint("33", text);
        };
    }

    /** One sign where the terminal can show it, else a word. */
    String mark(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> unicode ? "✓" : "ok";
            case FAILED -> unicode ? "✗" : "FAILED";
            case INCONCLUSIVE -> "?";
        };
    }

    String ellipsis() {
        return unicode ? "…" : "...";
    }

    private String paint(String code, String text) {
        return color && !text.isEmpty() ? "\u001b[" + code + "m" + text + RESET : text;
    }
}
