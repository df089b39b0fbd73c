package io.fieldloop.qemu.runner;

import io.fieldloop.qemu.runner.FirmwareEvent.Panic.Reason;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A console line by which the firmware says that it gives up, other than a Guru Meditation. */
record PanicLine(Reason reason, Pattern pattern) {
    private static final List<PanicLine> KNOWN = List.of(
            new PanicLine(Reason.ABORT, Pattern.compile("^abort\\(\\) was called at PC")),
            new PanicLine(Reason.ASSERT, Pattern.compile("^assert failed: ")),
            new PanicLine(Reason.STACK_OVERFLOW, Pattern.compile("^\\*\\*\\*ERROR\\*\\*\\* A stack overflow in task")),
            new PanicLine(Reason.STACK_SMASHING, Pattern.compile("^Stack smashing protect failure!")));

    static Optional<FirmwareEvent> in(String line) {
        return KNOWN.stream()
                .filter(known -> known.pattern().matcher(line).find())
                .findFirst()
                .map(known -> new FirmwareEvent.Panic(known.reason(), line));
    }
}
