package io.fieldloop.qemu.runner;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A console line by which the firmware says that it gives up, other than a Guru Meditation. */
record PanicLine(String reason, Pattern pattern) {
    private static final List<PanicLine> KNOWN = List.of(
            new PanicLine("abort", Pattern.compile("^abort\\(\\) was called at PC")),
            new PanicLine("assert", Pattern.compile("^assert failed: ")),
            new PanicLine("stack-overflow", Pattern.compile("^\\*\\*\\*ERROR\\*\\*\\* A stack overflow in task")),
            new PanicLine("stack-smashing", Pattern.compile("^Stack smashing protect failure!")));

    static Optional<FirmwareEvent> in(String line) {
        return KNOWN.stream()
                .filter(known -> known.pattern().matcher(line).find())
                .findFirst()
                .map(known -> new FirmwareEvent.Panic(known.reason(), line));
    }
}
