package io.fieldloop.scenario.cli;

import java.util.Locale;

/** Where QEMU runs. */
enum EngineKind {
    DOCKER,
    PROCESS;

    /** As the command line has it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
