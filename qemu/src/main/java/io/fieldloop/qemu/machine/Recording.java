package io.fieldloop.qemu.machine;

import java.nio.file.Path;

/** Whether the machine's execution is written down, or repeated from what was written down. */
public sealed interface Recording {

    static Recording none() {
        return new None();
    }

    /** An ordinary run. */
    record None() implements Recording {}

    /** Writes every input the machine gets to a file. */
    record Into(Path file) implements Recording {}

    /** Repeats a recorded run bit for bit; the same binary, firmware and command line are needed, or it hangs. */
    record Replay(Path file) implements Recording {}
}
