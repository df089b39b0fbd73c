package io.fieldloop.qemu.runner;

import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.machine.QemuBinary;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what a dead QEMU left behind, its exit status and its last words, into one sentence. */
final class Complaint {
    private static final int SIGNAL_STATUS = 128;
    private static final Pattern SPEAKER = Pattern.compile("^\\S*qemu-system-\\S+: ");
    private static final Pattern OPTION_ECHO = Pattern.compile("^-\\w+ .*?: (?=\\S)");
    private static final List<String> HARMLESS =
            List.of("warning:", "info:", "terminating on signal", "adding spi flash");

    private Complaint() {}

    static String sentence(Machine machine, QemuHandle.Exit exit) {
        String complaint = lastWords(exit.output());
        if (complaint.contains("unsupported machine type")) {
            return QemuBinary.lacks(machine.qemu(), machine.machineType(), machine);
        }
        String how = "QEMU " + how(exit.status());
        return complaint.isEmpty() ? how + "." : how + ": " + withoutPeriod(complaint) + ".";
    }

    private static String how(@Nullable Integer status) {
        if (status == null) {
            return "ended";
        }
        return status > SIGNAL_STATUS
                ? "was ended by signal " + (status - SIGNAL_STATUS)
                : "ended with exit status " + status;
    }

    /** QEMU says first what is wrong, then perhaps what would be right; what a loader or a shell says comes last. */
    private static String lastWords(String output) {
        List<String> lines =
                output.lines().map(String::strip).filter(Complaint::matters).toList();
        return lines.stream()
                .filter(line -> SPEAKER.matcher(line).find())
                .findFirst()
                .or(() -> lines.stream().reduce((first, last) -> last))
                .map(Complaint::said)
                .orElse("");
    }

    private static boolean matters(String line) {
        String said = said(line).toLowerCase(Locale.ROOT);
        return !said.isEmpty() && HARMLESS.stream().noneMatch(said::startsWith);
    }

    private static String said(String line) {
        return OPTION_ECHO.matcher(SPEAKER.matcher(line).replaceFirst("")).replaceFirst("");
    }

    private static String withoutPeriod(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
