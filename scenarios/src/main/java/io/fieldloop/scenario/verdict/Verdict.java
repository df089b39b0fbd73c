package io.fieldloop.scenario.verdict;

import java.util.Collection;
import java.util.Locale;

/** The three answers a judgement can have; the exit code of a run is that of its worst verdict. */
public enum Verdict {
    PASSED(0),
    /** An expectation did not hold. */
    FAILED(1),
    /** Nothing can be concluded: a bad file, a missing part, or a thing this rig cannot observe. */
    INCONCLUSIVE(2);

    private final int exitCode;

    Verdict(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    /** Failed where anything failed, else inconclusive where anything is, else passed. */
    public static Verdict worst(Collection<Verdict> verdicts) {
        if (verdicts.contains(FAILED)) {
            return FAILED;
        }
        return verdicts.contains(INCONCLUSIVE) ? INCONCLUSIVE : PASSED;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
