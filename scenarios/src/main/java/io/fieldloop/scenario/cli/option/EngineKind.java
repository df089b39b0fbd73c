package io.fieldloop.scenario.cli.option;

import java.util.Locale;

/** Where QEMU runs. */
public enum EngineKind {
    DOCKER,
    PROCESS;

    /** As the command line has it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
