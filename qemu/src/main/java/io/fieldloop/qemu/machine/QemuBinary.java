package io.fieldloop.qemu.machine;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A QEMU program on this computer, asked what it is.
 *
 * @param version as it says itself: {@code 7.2.22}
 * @param machineTypes what {@code -machine help} lists
 */
public record QemuBinary(Path path, String version, Set<String> machineTypes) {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
    private static final Pattern VERSION = Pattern.compile("version (\\S+)");

    public QemuBinary {
        machineTypes = Set.copyOf(machineTypes);
    }

    /**
     * The binary a machine needs, which has that machine.
     *
     * @throws MachineException one sentence: what is missing and how to get it
     */
    public static QemuBinary of(Machine machine) {
        return of(machine, System.getenv().getOrDefault("PATH", ""));
    }

    static QemuBinary of(Machine machine, String searchPath) {
        String advice = machine.profile().origin().advice();
        Path path = find(machine.qemu(), searchPath)
                .orElseThrow(() -> new MachineException(machine.qemu() + " not found"
                        + (isPath(machine.qemu()) ? "" : " on PATH") + "; the machine " + machine.name() + " needs it: "
                        + advice + "."));
        QemuBinary binary = asked(path);
        String type = machine.machineType().split(",", 2)[0];
        if (!binary.machineTypes().contains(type)) {
            throw new MachineException(lacks(path + " (version " + binary.version() + ")", type, machine));
        }
        return binary;
    }

    /** The sentence for a QEMU that does not know a machine type. */
    public static String lacks(String which, String machineType, Machine machine) {
        return "this QEMU has no " + machineType + " machine: " + which + "; "
                + machine.profile().origin().advice() + ".";
    }

    private static Optional<Path> find(String nameOrPath, String searchPath) {
        if (isPath(nameOrPath)) {
            return Optional.of(Path.of(nameOrPath)).filter(QemuBinary::isProgram);
        }
        for (String directory : searchPath.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(directory, nameOrPath);
            if (!directory.isEmpty() && isProgram(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static boolean isPath(String nameOrPath) {
        return nameOrPath.contains(File.separator);
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    private static QemuBinary asked(Path path) {
        Matcher version = VERSION.matcher(answer(path, "--version"));
        if (!version.find()) {
            throw new MachineException(path + " does not say which version of QEMU it is; name a QEMU with --qemu.");
        }
        Set<String> types = answer(path, "-machine", "help")
                .lines()
                .skip(1)
                .map(line -> line.split("\\s", 2)[0])
                .filter(type -> !type.isEmpty())
                .collect(Collectors.toSet());
        return new QemuBinary(path, version.group(1), types);
    }

    private static String answer(Path path, String... question) {
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(List.of(question));
        try {
            Path answer = Files.createTempFile("fieldloop", ".txt");
            try {
                await(
                        path,
                        new ProcessBuilder(command)
                                .redirectErrorStream(true)
                                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                                .redirectOutput(answer.toFile())
                                .start());
                return Files.readString(answer, StandardCharsets.ISO_8859_1);
            } finally {
                Files.delete(answer);
            }
        } catch (IOException notStarted) {
            throw new MachineException(
                    path + " cannot be run (" + notStarted.getMessage() + "); name a QEMU with --qemu.");
        }
    }

    private static void await(Path path, Process process) {
        try {
            if (process.waitFor(ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
            throw new MachineException(path + " does not say within " + ANSWER_LIMIT.toSeconds()
                    + " s which machines it has; name a QEMU with --qemu.");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new MachineException("interrupted while " + path + " was asked which machines it has.");
        } finally {
            process.destroyForcibly();
        }
    }
}
